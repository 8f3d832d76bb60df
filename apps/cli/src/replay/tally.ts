import { healths, stages } from '#contracts';
import type { CustomerDocument, OutboundRecord, ReplayedBatch } from '#pipeline';
import { recordsOf } from '#pipeline';

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

interface OutputValue {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Adds up outputs and customers, in any order. */
export class Tally {
  #events = 0;
  #customers = 0;
  #stages = new Map<string, number>(stages.map((stage) => [stage, 0]));
  #health = new Map<string, number>(healths.map((health) => [health, 0]));
  #transitions = new Map<string, TransitionCount>();
  #actions = new Map<string, ActionCount>();

  batch({ folded }: ReplayedBatch): void {
    this.events(folded.counts.events);
    for (const record of recordsOf(folded)) this.output(record);
  }

  events(count: number): void {
    this.#events += count;
  }

  customer({ state }: CustomerDocument): void {
    this.#customers += 1;
    this.#stages.set(state.stage, (this.#stages.get(state.stage) ?? 0) + 1);
    this.#health.set(state.health, (this.#health.get(state.health) ?? 0) + 1);
  }

  /** A record of an output topic; records of other topics are passed over. */
  output({ topic, value }: Pick<OutboundRecord, 'topic' | 'value'>): void {
    if (value === null) return;
    if (topic.endsWith('lifecycle.transitions.v1')) this.#transition(parse(value));
    else if (topic.endsWith('retention.actions.v1')) this.#action(parse(value));
  }

  summary(): Summary {
    return {
      events: this.#events,
      customers: this.#customers,
      stages: Object.fromEntries(this.#stages),
      health: Object.fromEntries(this.#health),
      transitions: [...this.#transitions.values()].sort(
        (a, b) => b.region.localeCompare(a.region) || b.count - a.count || a.to.localeCompare(b.to),
      ),
      actions: [...this.#actions.values()].sort((a, b) => a.programme.localeCompare(b.programme)),
    };
  }

  #transition({ type, data: { from = '', to = '' } }: OutputValue): void {
    const region = type.slice(0, type.indexOf('.'));
    const key = `${region} ${from} ${to}`;
    const count = (this.#transitions.get(key)?.count ?? 0) + 1;
    this.#transitions.set(key, { region, from, to, count });
  }

  #action({ type, data: { programme = '', kind = '' } }: OutputValue): void {
    const key = `${programme} ${kind}`;
    const known = this.#actions.get(key) ?? { programme, kind, requested: 0, suppressed: 0 };
    const suppressed = type === 'action.suppressed.v1';
    this.#actions.set(key, {
      ...known,
      requested: known.requested + (suppressed ? 0 : 1),
      suppressed: known.suppressed + (suppressed ? 1 : 0),
    });
  }
}

const parse = (value: string | Buffer) => JSON.parse(value.toString()) as OutputValue;
