import { readFile, rename, writeFile } from 'node:fs/promises';
import type { BuyingParameters, SpendingParameters } from '#analysis';
import { loadDefinition } from '#lifecycle';
import { isMap, isScalar, parseDocument } from 'yaml';
import { isoDay } from './days.js';
import type { Fitted } from './fit-models.js';
import type { Unit } from './purchases.js';

export interface FittedModel {
  readonly buying: Fitted<BuyingParameters>;
  readonly spend?: Fitted<SpendingParameters> | undefined;
  readonly unit: Unit;
  /** The last day of what it was fitted on. */
  readonly until: number;
}

/**
 * Puts the parameters into a definition's file as its section `model`, in place of an earlier one, whose horizon and threshold stay;
 * not a letter of the rest changes. @throws DefinitionError where the file is refused; then it stays as it was.
 */
export async function writeModel(path: string, model: FittedModel): Promise<void> {
  const source = await readFile(path, 'utf8');
  loadDefinition(source, path);
  const written = withModel(source, model);
  loadDefinition(written, path);
  const beside = `${path}.${process.pid}.tmp`;
  await writeFile(beside, written);
  await rename(beside, path);
}

/** The YAML text with the section. */
export function withModel(source: string, model: FittedModel): string {
  const document = parseDocument(source);
  const pair = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === 'model')
    : undefined;
  const key = isScalar(pair?.key) ? pair.key.range : undefined;
  const value = (pair?.value as { readonly range?: readonly number[] } | null | undefined)?.range;
  const kept = document.toJS() as { readonly model?: Readonly<Record<string, unknown>> };
  const text = sectionOf(model, kept.model ?? {});
  if (!key || !value) return `${source.trimEnd()}\n\n${text}`;
  return source.slice(0, key[0]) + text + source.slice(value[2]);
}

function sectionOf(
  { buying, spend, unit, until }: FittedModel,
  kept: Readonly<Record<string, unknown>>,
): string {
  const { model, r, alpha, a, b, customers, logLikelihood } = buying;
  const settings = ['horizonDays', 'leavingBelow'].filter((name) => name in kept);
  return [
    'model:',
    `  # perennial fit: ${customers} customers until ${isoDay(until)}, log-likelihood ${logLikelihood.toFixed(1)}`,
    `  name: ${model}`,
    `  unit: ${unit}`,
    ...Object.entries({ r, alpha, a, b }).map(([name, number]) => `  ${name}: ${digits(number)}`),
    ...settings.map((name) => `  ${name}: ${JSON.stringify(kept[name])}`),
    ...(spend
      ? [`  spend: { p: ${digits(spend.p)}, q: ${digits(spend.q)}, gamma: ${digits(spend.gamma)} }`]
      : []),
    '',
  ].join('\n');
}

const digits = (number: number) => Number(number.toPrecision(6));
