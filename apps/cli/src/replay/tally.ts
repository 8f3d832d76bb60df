import { healths, stages } from '#contracts';
import type { Action, Advance, CustomerState, Lifecycle } from '#lifecycle';
import type { LogRecord } from '#pipeline';

export interface TransitionCount {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export interface ActionCount {
  readonly programme: string;
  readonly kind: string;
  readonly requested: number;
  readonly suppressed: number;
}

/** What a log comes to: how many customers are where, what changed, and what was asked for. */
export interface Summary {
  readonly events: number;
  readonly customers: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly health: Readonly<Record<string, number>>;
  readonly transitions: readonly TransitionCount[];
  readonly actions: readonly ActionCount[];
}

/** Counts by what they are told apart by; plain data, so that several tallies can be put together. */
export interface Tallied {
  readonly events: number;
  readonly customers: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly health: Readonly<Record<string, number>>;
  /** By `region from to`. */
  readonly transitions: Readonly<Record<string, number>>;
  /** By `programme kind verdict`. */
  readonly actions: Readonly<Record<string, number>>;
}

interface OutputValue {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

const parsed = (value: Buffer) => JSON.parse(value.toString()) as OutputValue;

type Counts = Record<string, number>;
const add = (counts: Counts, key: string, more = 1) => void (counts[key] = (counts[key] ?? 0) + more);
const zeros = (names: readonly string[]): Counts => Object.fromEntries(names.map((name) => [name, 0]));

/** Adds up what is decided and where customers stand, in any order. */
export class Tally {
  #events = 0;
  #customers = 0;
  readonly #stages = zeros(stages);
  readonly #health = zeros(healths);
  readonly #transitions: Counts = {};
  readonly #actions: Counts = {};

  events(count: number): void {
    this.#events += count;
  }

  customer({ state: { stage, health } }: { readonly state: CustomerState }): void {
    this.#customers += 1;
    add(this.#stages, stage);
    add(this.#health, health);
  }

  decided({ migration, transitions, actions, suppressed }: Advance): void {
    if (migration) add(this.#transitions, `definition ${migration.from} ${migration.to}`);
    for (const { region, from, to } of transitions) add(this.#transitions, `${region} ${from} ${to}`);
    for (const action of actions) this.#action(action, 'requested');
    for (const { action } of suppressed) this.#action(action, 'suppressed');
  }

  /** A record of an output topic; those of other topics are passed over. */
  output({ topic, value }: Pick<LogRecord, 'topic' | 'value'>): void {
    if (value === null) return;
    if (topic.endsWith('lifecycle.transitions.v1')) {
      const { type, data } = parsed(value);
      const { from = '', to = '' } = data;
      add(this.#transitions, `${type.slice(0, type.indexOf('.'))} ${from} ${to}`);
    } else if (topic.endsWith('retention.actions.v1')) {
      const { type, data } = parsed(value);
      const { programme = '', kind = '' } = data;
      add(
        this.#actions,
        `${programme} ${kind} ${type === 'action.suppressed.v1' ? 'suppressed' : 'requested'}`,
      );
    }
  }

  summary(): Summary {
    return summaryOf([this.tallied()]);
  }

  tallied(): Tallied {
    return {
      ...{ events: this.#events, customers: this.#customers, stages: this.#stages, health: this.#health },
      ...{ transitions: this.#transitions, actions: this.#actions },
    };
  }

  #action({ programme, kind }: Action, verdict: 'requested' | 'suppressed'): void {
    add(this.#actions, `${programme} ${kind} ${verdict}`);
  }
}

/** The same rules, whose every decision from the clock `from` (ms) on is also told to `tally`. */
export const tallying = (lifecycle: Lifecycle, tally: Tally, from: number): Lifecycle => ({
  ...lifecycle,
  advance(customer, event, now, brakes) {
    const advance = lifecycle.advance(customer, event, now, brakes);
    if (now >= from) tally.decided(advance);
    return advance;
  },
});

/** The same rules, of whose decisions nothing is published: for whoever wants their counts alone. */
export const unpublished = (lifecycle: Lifecycle): Lifecycle => ({
  ...lifecycle,
  advance(...given) {
    const { migration, ...advance } = lifecycle.advance(...given);
    void migration;
    return { ...advance, transitions: [], actions: [], suppressed: [], records: [] };
  },
});

export function summaryOf(tallies: readonly Tallied[]): Summary {
  const sum = (part: 'stages' | 'health' | 'transitions' | 'actions', known: readonly string[] = []) => {
    const counts = zeros(known);
    for (const tallied of tallies)
      for (const [key, count] of Object.entries(tallied[part])) add(counts, key, count);
    return counts;
  };
  const total = (part: 'events' | 'customers') => tallies.reduce((all, it) => all + it[part], 0);
  return {
    events: total('events'),
    customers: total('customers'),
    stages: sum('stages', stages),
    health: sum('health', healths),
    transitions: transitionsOf(sum('transitions')),
    actions: actionsOf(sum('actions')),
  };
}

const transitionsOf = (counts: Counts): TransitionCount[] =>
  Object.entries(counts)
    .map(([key, count]) => {
      const [region = '', from = '', to = ''] = key.split(' ');
      return { region, from, to, count };
    })
    .sort((a, b) => b.region.localeCompare(a.region) || b.count - a.count || a.to.localeCompare(b.to));

function actionsOf(counts: Counts): ActionCount[] {
  const rows = new Map<string, { programme: string; kind: string; requested: number; suppressed: number }>();
  for (const [key, count] of Object.entries(counts)) {
    const [programme = '', kind = '', verdict = ''] = key.split(' ');
    const row = rows.get(`${programme} ${kind}`) ?? { programme, kind, requested: 0, suppressed: 0 };
    row[verdict as 'requested' | 'suppressed'] += count;
    rows.set(`${programme} ${kind}`, row);
  }
  return [...rows.values()].sort(
    (a, b) => a.programme.localeCompare(b.programme) || (a.kind < b.kind ? -1 : 1),
  );
}
