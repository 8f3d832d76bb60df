import { Random } from '../simulation/random.js';

/** What can be done to a running cluster; `ms` says for how long where it lasts. */
export type FaultKind =
  | 'engine killed'
  | 'engine suspended'
  | 'member removed'
  | 'member added'
  | 'broker killed'
  | 'store killed'
  | 'store silent'
  | 'store slow'
  | 'store connections cut'
  | 'store connections dead';

export interface Fault {
  readonly kind: FaultKind;
  /** How long it lasts, ms; 0 for what happens at once. */
  readonly ms: number;
  /** Pause before it, ms. */
  readonly after: number;
  /** Which engine, as a share of those that run, in [0, 1). */
  readonly engine: number;
}

/** How often each is made, and for how long. */
export type Recipe = Partial<Readonly<Record<FaultKind, { readonly times: number; readonly ms: number }>>>;

/** The faults in an order that the seed decides, but that a member is added before one is removed. */
export function planOf(recipe: Recipe, seed: number): readonly Fault[] {
  const random = new Random(seed);
  const kinds = Object.entries(recipe).flatMap(([kind, { times, ms }]) =>
    Array.from({ length: times }, () => ({ kind: kind as FaultKind, ms })),
  );
  const faults: Fault[] = [];
  while (kinds.length > 0) {
    const [next] = kinds.splice(random.below(kinds.length), 1);
    faults.push({ ...next!, after: 500 + random.below(2_500), engine: random.next() });
  }
  const added = faults.filter(({ kind }) => kind === 'member added');
  const removed = faults.filter(({ kind }) => kind === 'member removed');
  return faults.map((fault) =>
    isMembership(fault) ? (added.length >= removed.length ? added : removed).shift()! : fault,
  );
}

const isMembership = ({ kind }: Fault) => kind === 'member added' || kind === 'member removed';
