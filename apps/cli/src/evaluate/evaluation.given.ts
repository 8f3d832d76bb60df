import { bundledDefinition, loadDefinition } from '#lifecycle';
import type { CustomerSource } from '../fit/customers.js';
import { cut } from '../fit/data-set.given.js';
import type { Cell } from './cells.js';
import { evaluate, type Evaluation, type EvaluationRequest } from './evaluation.js';
import type { ScoreName } from './scores.js';

export const definition = loadDefinition(bundledDefinition());
export const progress = () => undefined;
/** A machine may be busy with other work. */
export const long = 600_000;
export const dayOf = (text: string) => Date.parse(text) / 86_400_000;

export const evaluationOf = (source: CustomerSource, more: Partial<EvaluationRequest> = {}) =>
  evaluate({ source, definition, cut, unit: 'weeks', halves: false, progress, ...more });

export const scoreOf = ({ scores }: Evaluation, name: ScoreName) =>
  scores.find(({ score }) => score === name)!;
export const aucOf = (found: Evaluation, name: ScoreName) => scoreOf(found, name).auc.value;
const large = (cells: readonly Cell[]) => cells.filter(({ customers }) => customers >= 50);

/** The promise of the stages, wherever enough customers are to be seen. */
export function expectStagesToMeanWhatTheySay({
  stages,
  standings,
  dissolvedFrom,
}: Pick<Evaluation, 'stages' | 'standings' | 'dissolvedFrom'>): readonly string[] {
  const living = large(stages.filter(({ name }) => name !== 'dissolution'));
  expect(living.length).toBeGreaterThanOrEqual(2);
  living
    .slice(1)
    .forEach(({ repeatRate }, i) => expect(repeatRate.value).toBeGreaterThan(living[i]!.repeatRate.value));
  const cells = new Map(large(standings).map((cell) => [cell.name, cell.repeatRate.value]));
  for (const [name, rate] of cells)
    if (name.endsWith(', at risk')) {
      const well = cells.get(name.replace('at risk', 'well'));
      if (well !== undefined) expect(rate).toBeLessThan(well);
    }
  const dissolved = large(dissolvedFrom);
  for (const { name, repeatRate } of dissolved)
    expect(repeatRate.value).toBeLessThan(stages.find((cell) => cell.name === name)!.repeatRate.value);
  return [...living, ...dissolved].map(({ name }) => name);
}
