import { addPair, pair, type Pair } from './sides.js';
import type { ActionCell, MoveCell, StageCell } from './part.js';

type Branch<Cell> = Map<string, Branch<Cell> | Cell>;

/** Cells of a table by what they are told apart by; each is made when it is first asked for, always by as many words. */
export class Cells<Cell extends object> {
  readonly #cells: Cell[] = [];
  readonly #first: Branch<Cell> = new Map();

  constructor(private readonly make: (words: readonly string[]) => Cell) {}

  at(...words: readonly string[]): Cell {
    let branch = this.#first;
    const last = words.length - 1;
    for (let i = 0; i < last; i++) {
      let next = branch.get(words[i]!) as Branch<Cell> | undefined;
      if (!next) branch.set(words[i]!, (next = new Map()));
      branch = next;
    }
    let cell = branch.get(words[last]!) as Cell | undefined;
    if (!cell) {
      cell = this.make(words);
      this.#cells.push(cell);
      branch.set(words[last]!, cell);
    }
    return cell;
  }

  all(): Cell[] {
    return [...this.#cells];
  }
}

export const actionCells = () =>
  new Cells<ActionCell>(([programme = '', kind = '', stage = '', month = '']) => ({
    ...{ programme, kind, stage, month },
    ...{ requested: pair(), suppressed: pair(), gained: 0, lost: 0 },
  }));

export const moveCells = () =>
  new Cells<MoveCell>(([region = '', from = '', to = '', month = '']) => ({
    ...{ region, from, to, month, count: pair() },
  }));

export const stageCells = () =>
  new Cells<StageCell>(([stage = '', month = '']) => ({ stage, month, change: pair() }));

type ActionSums = Pick<ActionCell, 'requested' | 'suppressed' | 'gained' | 'lost'>;

export function addAction(sum: ActionSums, more: ActionSums): void {
  addPair(sum.requested, more.requested);
  addPair(sum.suppressed, more.suppressed);
  sum.gained += more.gained;
  sum.lost += more.lost;
}

export const totalOf = (pairs: readonly Readonly<Pair>[]): Pair => {
  const sum = pair();
  for (const one of pairs) addPair(sum, one);
  return sum;
};
