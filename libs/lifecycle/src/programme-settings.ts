import { channels } from '#contracts';
import type { TSchema } from 'typebox';
import { contactPolicySchema } from './arbiter/index.js';
import { costsSchema } from './definition/costs.js';
import { programmes } from './programmes/index.js';

/** One setting as a page shows it. `path` is dotted, `[]` stands for each item of a list. All in words. */
export interface SettingRow {
  readonly path: string;
  readonly default: string;
  readonly allowed: string;
  readonly description: string;
}

type Schema = TSchema & {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
} & Readonly<Partial<Record<'minimum' | 'maximum' | 'exclusiveMinimum' | 'exclusiveMaximum', number>>>;

/** The settings of every programme, of the contact policy (`contactPolicy`) and of `costs`, read from their schemas. */
export function settingRows(): ReadonlyMap<string, readonly SettingRow[]> {
  const schemas = [...programmes.map(({ name, settings }) => [name, settings] as const)];
  return new Map(
    [...schemas, ['contactPolicy', contactPolicySchema] as const, ['costs', costsSchema] as const].map(
      ([name, schema]) => [name, rowsOf('', schema as Schema, new Map())],
    ),
  );
}

/** `shown`: the items of lists by their schema, so that like lists are explained once. */
function rowsOf(path: string, schema: Schema, shown: Map<string, string>): SettingRow[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      rowsOf(path === '' ? name : `${path}.${name}`, inner, shown),
    );
  const row = {
    path,
    default: schema.default === undefined ? '' : JSON.stringify(schema.default),
    allowed: allowed(schema),
    description: schema.description ?? schema.items?.description ?? '',
  };
  if (!schema.items?.properties) return [row];
  const item = JSON.stringify(schema.items);
  const first = shown.get(item);
  if (first !== undefined) return [{ ...row, allowed: `as ${first}` }];
  shown.set(item, path);
  return [row, ...rowsOf(`${path}[]`, schema.items, shown)];
}

function allowed(schema: Schema): string {
  const { items, minimum, exclusiveMinimum, maximum } = schema;
  if (schema.enum) return choice(schema.enum);
  if (items?.enum) return `list of ${choice(items.enum)}`;
  const least =
    exclusiveMinimum === undefined
      ? minimum === undefined
        ? ''
        : `from ${minimum}`
      : `over ${exclusiveMinimum}`;
  return [least, maximum === undefined ? '' : `to ${maximum}`].filter(Boolean).join(' ');
}

const choice = (values: readonly unknown[]) =>
  values.length === channels.length && values.every((value, i) => value === channels[i])
    ? 'channels'
    : values.join(', ');
