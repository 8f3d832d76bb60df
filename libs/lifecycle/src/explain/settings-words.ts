import type { TSchema } from 'typebox';
import { numberInWords } from './fact-words.js';

/** One setting as it is in force, defaults filled in. */
export interface SettingView {
  /** Such as `quietHours.from`. */
  readonly name: string;
  readonly value: unknown;
  readonly words: string;
  /** As the schema says it; empty where it says nothing. */
  readonly description: string;
}

interface SchemaPart {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly description?: string;
}

/** Every setting of a schema that has a value, in the schema's order. Lists are one setting each. */
export function settingsOf(schema: TSchema, value: unknown, path = ''): readonly SettingView[] {
  const { properties, description = '' } = schema as SchemaPart;
  if (properties === undefined)
    return value === undefined ? [] : [{ name: path, value, words: settingInWords(value), description }];
  return Object.entries(properties).flatMap(([name, inner]) =>
    settingsOf(
      inner,
      (value as Readonly<Record<string, unknown>> | undefined)?.[name],
      path === '' ? name : `${path}.${name}`,
    ),
  );
}

/** Values as people write them; of a frequency cap its whole sentence. */
function settingInWords(value: unknown): string {
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(settingInWords).join('; ');
  if (value === null || typeof value !== 'object') return 'nothing';
  if (isCap(value)) return capInWords(value);
  const entries = Object.entries(value);
  return entries.length === 0
    ? 'none'
    : entries.map(([name, it]) => `${name} ${settingInWords(it)}`).join(', ');
}

interface Cap {
  readonly most: number;
  readonly days: number;
  readonly purpose?: string;
  readonly channel?: string;
}

const isCap = (value: object): value is Cap => 'most' in value && 'days' in value;

function capInWords({ most, days, purpose, channel }: Cap): string {
  const what = [purpose, channel && `by ${channel}`].filter(Boolean).join(' ');
  return `at most ${most} ${what === '' ? 'of all' : what} in any ${numberInWords(days)} days`;
}
