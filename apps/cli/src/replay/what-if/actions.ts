import type { Costs } from '#lifecycle';
import { addAction, Cells } from './cells.js';
import type { Part } from './part.js';
import { addPair, pair, type Pair } from './sides.js';

export interface ActionCount {
  readonly programme: string;
  readonly kind: string;
  readonly requested: Pair;
  readonly suppressed: Pair;
  readonly gained: number;
  readonly lost: number;
  readonly cost: Pair;
}

export interface CostOfKind {
  readonly kind: string;
  /** Of one action, as each definition states it. */
  readonly each: Pair;
  readonly requested: Pair;
  readonly cost: Pair;
}

type CostsOfBoth = readonly [against: Costs | undefined, candidate: Costs | undefined];

export const cents = (amount: number) => Math.round(amount * 100) / 100;
export const rounded = ([a, b]: Readonly<Pair>): Pair => [cents(a), cents(b)];

const costOf = (costs: Costs | undefined, kind: string) =>
  costs?.[kind as keyof Omit<Costs, 'currency'>] ?? 0;

/** By programme and kind. */
export function actionsOf({ actions }: Part, costs: CostsOfBoth): ActionCount[] {
  const cells = new Cells(([programme = '', kind = '']) => ({
    ...{ programme, kind, requested: pair(), suppressed: pair(), gained: 0, lost: 0 },
  }));
  for (const cell of actions) addAction(cells.at(cell.programme, cell.kind), cell);
  return cells
    .all()
    .map((cell) => ({ ...cell, cost: priced(cell.requested, cell.kind, costs) }))
    .sort((a, b) => (`${a.programme} ${a.kind}` < `${b.programme} ${b.kind}` ? -1 : 1));
}

const priced = (requested: Pair, kind: string, costs: CostsOfBoth): Pair =>
  rounded([requested[0] * costOf(costs[0], kind), requested[1] * costOf(costs[1], kind)]);

/** By kind alone, with what one costs. */
export function kindsOf({ actions }: Part, costs: CostsOfBoth): CostOfKind[] {
  const cells = new Cells(([kind = '']) => ({ kind, requested: pair() }));
  for (const { kind, requested } of actions) addPair(cells.at(kind).requested, requested);
  return cells
    .all()
    .map(({ kind, requested }) => ({
      kind,
      each: [costOf(costs[0], kind), costOf(costs[1], kind)] as Pair,
      requested,
      cost: priced(requested, kind, costs),
    }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
