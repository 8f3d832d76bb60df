import { calls, changes, points, start, storeWrites } from './points.js';

/** Every kind of fault, and the places where each must happen at least once in a run of many seeds. */
export const kinds = {
  crash: points,
  'request lost': calls,
  'acknowledgement lost after applying': calls,
  'request and acknowledgement doubled': changes,
  'request late': changes,
  'write landed after the next epoch': ['store.writeIntent', 'store.write'],
  'bulk partly applied': ['store.write'],
  'rollback of what no majority had': storeWrites,
  redelivery: ['fetch'],
  rebalance: ['joins', 'leaves', 'expelled', 'comes back'],
  'rebalance in the middle of a batch': ['joins', 'leaves', 'expelled', 'comes back'],
  'process stopped and continued': [''],
  'old owner woke at': start,
  'store away': [''],
  'store slow': [''],
  'store failing': [''],
  'clock jump': ['ahead', 'back'],
  'everything down for days': [''],
  'timers due during recovery': [''],
  'brake set': ['paused', 'shadow', 'running'],
  'brake set with a batch in doubt': [''],
  'definition activated': [''],
  'definition activated with a batch in doubt': [''],
  announcement: [''],
  erasure: [''],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Kind = keyof typeof kinds;

/** By `KIND: PLACE`, how often. */
export type Counts = Readonly<Record<string, number>>;

/** Counts the faults that were really made, by kind and place. */
export class Census {
  readonly #made = new Map<string, number>();

  count(kind: Kind, place = ''): void {
    this.add({ [`${kind}: ${place}`]: 1 });
  }

  add(counts: Counts): void {
    for (const [key, count] of Object.entries(counts))
      this.#made.set(key, (this.#made.get(key) ?? 0) + count);
  }

  get counts(): Counts {
    return Object.fromEntries(this.#made);
  }
}

export interface Row {
  readonly fault: Kind;
  readonly made: number;
  /** By place, most often first. */
  readonly places: readonly (readonly [place: string, made: number])[];
  /** Where it must happen and did not. */
  readonly missing: readonly string[];
}

export function rowsOf(counts: Counts): readonly Row[] {
  return (Object.entries(kinds) as [Kind, readonly string[]][]).map(([fault, wanted]) => {
    const places = Object.entries(counts)
      .filter(([key]) => key.startsWith(`${fault}: `))
      .map(([key, made]) => [key.slice(fault.length + 2), made] as const)
      .sort(([, a], [, b]) => b - a);
    const made = places.reduce((sum, [, count]) => sum + count, 0);
    return { fault, made, places, missing: wanted.filter((it) => !places.some(([place]) => place === it)) };
  });
}
