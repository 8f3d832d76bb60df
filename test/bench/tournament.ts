import { partitions, type Arena, type Field } from './arena.js';
import { ceiling } from './contestants/ceiling.js';
import type { Contestant } from './contestants/contestant.js';
import { naive } from './contestants/naive.js';
import { ours, oursAtPeersJob } from './contestants/ours.js';
import { workOff, type Backlog } from './measure/backlog.js';
import { publishedIn, shapeOf, type OutputShape, type Published } from './measure/output-shape.js';

export const names = ['ours', 'sameJob', 'ceiling', 'naive', 'peer'] as const;
export type Name = (typeof names)[number];

/** One contestant's goes, one a round, and what it published in the first. */
export interface Entry {
  readonly contestant: Contestant;
  readonly goes: Backlog[];
  published?: Published;
}
export type Entries = ReadonlyMap<Name, Entry>;

export interface TournamentOptions {
  readonly rounds: number;
  /** Events that the naive service takes; 0 leaves it out. */
  readonly naiveEvents: number;
  readonly peer: Contestant | undefined;
  readonly said: (line: string) => void;
}

/** Lets all work off the same load in turns, so that whatever else the machine does falls on all alike. */
export async function tournament(
  arena: Arena,
  field: Field,
  { rounds, naiveEvents, peer, said }: TournamentOptions,
): Promise<Entries> {
  let shape: OutputShape | undefined;
  const limit = ceiling(
    () => shape ?? { recordsPerEvent: 1, bytesPerRecord: 1, eventsPerTransaction: 1 },
    partitions,
  );
  const contestants: Readonly<Record<Name, Contestant | undefined>> = {
    ours: ours(),
    sameJob: oursAtPeersJob(),
    ceiling: limit,
    naive: naiveEvents > 0 ? naive(naiveEvents, partitions) : undefined,
    peer,
  };
  const entries = new Map<Name, Entry>();
  for (const name of names) {
    const contestant = contestants[name];
    if (contestant) entries.set(name, { contestant, goes: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const [name, entry] of turned([...entries], round)) {
      const result = await workOff(entry.contestant, `${name}-${round}`, arena, field, async (outputs) => {
        if (round > 0) return;
        entry.published = await publishedIn(arena.log, outputs);
      });
      if (name === 'ours' && entry.published)
        shape ??= await shapeOf(arena.log, field.prefix, entry.published, result.events);
      entry.goes.push(result);
      const rate = Math.round(result.perSecond).toLocaleString('en');
      said(`round ${round + 1} of ${rounds}: ${entry.contestant.name} ${rate} events/s`);
    }
  return entries;
}

/** Every round another begins; in the first it is ours, after which the ceiling is shaped. */
function turned<T>(all: readonly T[], round: number): readonly T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
