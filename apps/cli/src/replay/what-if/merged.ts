import { actionCells, addAction, moveCells, stageCells } from './cells.js';
import { byRank } from './differing.js';
import { emptyPart, type Part, type Staying } from './part.js';
import { addPair } from './sides.js';

/** Several parts as one: no customer is in two of them. `top`: how many of those who differ most are kept. */
export function merged(parts: readonly Part[], top: number): Part {
  const sum = emptyPart();
  const [actions, moves, stages] = [actionCells(), moveCells(), stageCells()];
  for (const part of parts) {
    sum.events += part.events;
    sum.from = Math.min(sum.from, part.from);
    sum.to = Math.max(sum.to, part.to);
    sum.foreignOrders += part.foreignOrders;
    for (const cell of part.actions)
      addAction(actions.at(cell.programme, cell.kind, cell.stage, cell.month), cell);
    for (const { region, from, to, month, count } of part.moves)
      addPair(moves.at(region, from, to, month).count, count);
    for (const { stage, month, change } of part.stages) addPair(stages.at(stage, month).change, change);
    addStaying(sum.staying, part.staying);
    for (const row of part.customers) sum.customers.push(row);
    sum.differing.push(...part.differing);
    addPair(sum.broken.counts, part.broken.counts);
    if (part.broken.example !== undefined) sum.broken.example ??= part.broken.example;
  }
  return {
    ...sum,
    actions: actions.all(),
    moves: moves.all(),
    stages: stages.all(),
    differing: sum.differing.sort(byRank).slice(0, top),
  };
}

function addStaying(sum: Staying, more: Staying): void {
  for (const [month, followed] of more.followed.entries()) {
    sum.followed[month] = (sum.followed[month] ?? 0) + followed;
    for (const side of [0, 1] as const)
      sum.stayed[side][month] = (sum.stayed[side][month] ?? 0) + (more.stayed[side][month] ?? 0);
  }
}
