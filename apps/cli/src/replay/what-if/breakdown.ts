import type { Costs } from '#lifecycle';
import { Cells } from './cells.js';
import type { ActionCell, CustomerRow, Part } from './part.js';
import { addPair, against, candidate, pair, type Pair } from './sides.js';
import { valueBands } from './value-bands.js';

/** Who moved, and who got what, by one way of telling customers or moments apart. */
export interface Breakdown {
  readonly by: 'stage' | 'programme' | 'month' | 'value';
  readonly group: string;
  /** Customers of the group, and those of them who end in another stage. By stage: where they end on the side compared with. */
  customers?: number;
  moved?: number;
  /** Changes of stage: out of the stage, within the month, of the customers. */
  readonly changes?: Pair;
  readonly requested: Pair;
  gained: number;
  lost: number;
  readonly cost: Pair;
}

type CostsOfSides = readonly [against: Costs | undefined, candidate: Costs | undefined];

export function breakdowns(part: Part, costs: CostsOfSides): readonly Breakdown[] {
  return [...byStage(part, costs), ...byProgramme(part, costs), ...byMonth(part, costs), ...byValue(part)];
}

const rows = (by: Breakdown['by'], whole: boolean) =>
  new Cells<Breakdown>(([group = '']) => ({
    ...{ by, group, requested: pair(), gained: 0, lost: 0, cost: pair() },
    ...(whole && { changes: pair() }),
  }));

function addCell(row: Breakdown, { kind, requested, gained, lost }: ActionCell, costs: CostsOfSides): void {
  addPair(row.requested, requested);
  row.gained += gained;
  row.lost += lost;
  for (const side of [against, candidate] as const)
    row.cost[side] += requested[side] * (costs[side]?.[kind as keyof Omit<Costs, 'currency'>] ?? 0);
}

function addCustomer(row: Breakdown, { stageAgainst, stageCandidate }: CustomerRow): void {
  row.customers = (row.customers ?? 0) + 1;
  row.moved = (row.moved ?? 0) + (stageAgainst === stageCandidate ? 0 : 1);
}

function byStage({ actions, moves, customers }: Part, costs: CostsOfSides): Breakdown[] {
  const table = rows('stage', true);
  for (const row of customers) addCustomer(table.at(row.stageAgainst), row);
  for (const { region, from, count } of moves)
    if (region === 'stage') addPair(table.at(from).changes!, count);
  for (const cell of actions) addCell(table.at(cell.stage), cell, costs);
  return table.all();
}

function byProgramme({ actions }: Part, costs: CostsOfSides): Breakdown[] {
  const table = rows('programme', false);
  for (const cell of actions) addCell(table.at(cell.programme), cell, costs);
  return table.all().sort(byGroup);
}

function byMonth({ actions, moves }: Part, costs: CostsOfSides): Breakdown[] {
  const table = rows('month', true);
  for (const { region, month, count } of moves)
    if (region === 'stage') addPair(table.at(month).changes!, count);
  for (const cell of actions) addCell(table.at(cell.month), cell, costs);
  return table.all().sort(byGroup);
}

function byValue({ customers }: Part): Breakdown[] {
  const bands = valueBands(customers);
  const table = rows('value', true);
  for (const { words } of bands) table.at(words);
  for (const row of customers) {
    const band = table.at(bands.find(({ to }) => row.value <= to)?.words ?? '');
    addCustomer(band, row);
    addPair(band.changes!, [row.movesAgainst, row.movesCandidate]);
    addPair(band.requested, [row.requestedAgainst, row.requestedCandidate]);
    band.gained += row.gained;
    band.lost += row.lost;
    addPair(band.cost, [row.costAgainst, row.costCandidate]);
  }
  return table.all();
}

const byGroup = (a: Breakdown, b: Breakdown) => (a.group < b.group ? -1 : 1);
