import type { RecordedOutput } from '../../inspect/why/recorded-outputs.js';
import type { Decided } from './decided.js';
import type { Life } from './life.js';
import type { CustomerRow, Differing } from './part.js';
import { against, candidate, type SideIndex } from './sides.js';

/** Most decisions of one side alone that are told of one customer. */
const mostTold = 12;

/**
 * How much a customer differs: another final stage counts 5, another health 2, each action or move that one side alone has
 * 1. What was suppressed on one side alone counts nothing, and is told all the same.
 */
export function scoreOf(life: Life): number {
  const lone = (side: SideIndex) => life.only(side).filter(({ what }) => what !== 'suppressed').length;
  const standing =
    (life.stage[against] === life.stage[candidate] ? 0 : 5) +
    (life.health[against] === life.health[candidate] ? 0 : 2);
  return standing + lone(against) + lone(candidate);
}

interface Ranked {
  readonly life: Life;
  readonly row: CustomerRow;
  readonly score: number;
}

/** The customers who differ most; at equal score the one of greater value, then by name. */
export class MostDiffering {
  #ranked: Ranked[] = [];

  constructor(private readonly most: number) {}

  note(life: Life, row: CustomerRow, score: number): void {
    if (score === 0 || this.most === 0) return;
    const last = this.#ranked.at(-1);
    const next = { life, row, score };
    if (this.#ranked.length >= this.most && last && byRank(next, last) > 0) return;
    this.#ranked.push(next);
    this.#ranked.sort(byRank);
    this.#ranked.length = Math.min(this.#ranked.length, this.most);
  }

  async told(): Promise<Differing[]> {
    const told: Differing[] = [];
    for (const { life, row, score } of this.#ranked)
      told.push({
        row,
        score,
        only: [await outputs(life.only(against)), await outputs(life.only(candidate))],
      });
    return told;
  }
}

/** Moves and actions before suppressions, where not all can be told. */
async function outputs(decided: readonly Decided[]): Promise<RecordedOutput[]> {
  const said = decided.filter(({ what }) => what !== 'suppressed');
  const room = Math.max(0, mostTold - said.length);
  const chosen = new Set([
    ...said.slice(0, mostTold),
    ...decided.filter(({ what }) => what === 'suppressed').slice(0, room),
  ]);
  return Promise.all(decided.filter((it) => chosen.has(it)).map(async ({ output }) => output()));
}

export const byRank = (
  a: { readonly score: number; readonly row: CustomerRow },
  b: { readonly score: number; readonly row: CustomerRow },
): number => b.score - a.score || b.row.value - a.row.value || (a.row.customer < b.row.customer ? -1 : 1);
