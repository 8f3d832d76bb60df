import type { Folded } from './sequence.js';

/** A change of stage or health, and what caused it: `source#id`, or `timer:NAME@DUE`. */
export interface Change {
  readonly region: 'stage' | 'health';
  readonly from: string;
  readonly to: string;
  readonly cause: string;
}

export interface Entry {
  readonly orderId: string;
  readonly points: number;
  /** All that waits after it. */
  readonly pending: number;
}

/** What the events of one customer come to under `definition.yaml`, worked out from that page alone. */
export interface Story {
  readonly changes: readonly Change[];
  readonly entries: readonly Entry[];
  /** The first order was thanked for, unless it came late. */
  readonly thanked: boolean;
  readonly facts: Facts;
}

export interface Facts {
  readonly stage: string;
  readonly health: string;
  readonly orders: number;
  /** Whole units of EUR. */
  readonly spend: number;
  readonly visits: number;
  readonly cases: number;
  readonly surveys: number;
  readonly points: number;
  readonly lastVisitAt: number | undefined;
  readonly lastEventAt: number;
}

const day = 86_400_000;

const stages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  exploration: { 'order.completed.v1': 'awareness' },
  awareness: { 'page.visited.v1': 'expansion', 'case.opened.v1': 'exploration' },
  expansion: { 'account.assigned.v1': 'commitment', 'case.opened.v1': 'awareness' },
  commitment: { 'case.opened.v1': 'expansion' },
};
const healths: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  well: { 'timer.quiet': 'atRisk' },
  atRisk: { 'order.completed.v1': 'recovering' },
  recovering: { 'survey.answered.v1': 'well' },
};

export function storyOf(sequence: readonly Folded[]): Story {
  const changes: Change[] = [];
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let [stage, health, thanked] = ['exploration', 'well', false];
  let [orders, spend, visits, cases, surveys, pending] = [0, 0, 0, 0, 0, 0];
  let lastVisitAt: number | undefined;
  let lastEventAt = 0;
  let clock = 0;
  let quiet: number | undefined;
  let quietFired = 0;

  const move = (event: string, cause: string) => {
    const [toStage, toHealth] = [stages[stage]?.[event], healths[health]?.[event]];
    if (toStage !== undefined) changes.push({ region: 'stage', from: stage, to: toStage, cause });
    if (toHealth !== undefined) changes.push({ region: 'health', from: health, to: toHealth, cause });
    stage = toStage ?? stage;
    health = toHealth ?? health;
  };
  const setQuiet = () => {
    const due = lastVisitAt === undefined ? 0 : lastVisitAt + day;
    quiet = due > quietFired ? Math.max(due, clock) : undefined;
  };
  const ring = (upTo: number) => {
    while (quiet !== undefined && quiet <= upTo) {
      const due = quiet;
      quietFired = due;
      clock = Math.max(clock, due);
      move('timer.quiet', `timer:quiet@${new Date(due).toISOString()}`);
      setQuiet();
    }
  };

  for (const { event, at } of sequence) {
    const { type, data } = event;
    if (type === 'timer.due.v1') {
      if (data['name'] === 'quiet' && Date.parse(String(data['due'])) === quiet) ring(quiet);
      continue;
    }
    const identity = `${event.source}#${event.id}`;
    if (seen.has(identity)) continue;
    seen.add(identity);
    ring(at);
    const late = at < clock;
    clock = Math.max(clock, at);
    lastEventAt = Math.max(lastEventAt, at);
    switch (type) {
      case 'order.completed.v1': {
        const total = Number(data['total']);
        orders++;
        spend += total;
        pending += total;
        entries.push({ orderId: String(data['orderId']), points: total, pending });
        thanked ||= orders === 1 && !late;
        break;
      }
      case 'page.visited.v1':
        visits++;
        lastVisitAt = Math.max(lastVisitAt ?? 0, at);
        break;
      case 'case.opened.v1':
        cases++;
        break;
      case 'survey.answered.v1':
        surveys++;
        break;
    }
    move(type, identity);
    setQuiet();
  }
  const facts = {
    stage,
    health,
    orders,
    spend,
    visits,
    cases,
    surveys,
    points: pending,
    lastVisitAt,
    lastEventAt,
  };
  return { changes, entries, thanked, facts };
}
