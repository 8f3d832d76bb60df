import { encodeEvent, eventTypes, inputTopics, isEventType, structuredHeaders, topicName } from '#contracts';
import type { Lifecycle } from '#lifecycle';
import {
  defaultLimits,
  Engine,
  systemClock,
  type AtomicCommit,
  type Clock,
  type CustomerStore,
  type EventLog,
  type OutboundRecord,
} from '#pipeline';
import { publishedBy, type Decided } from './outcome.js';
import { outputsIn } from './outputs.js';
import type { ToldEvent } from './story.js';
import type { Instant } from './tell-purely.js';

export interface Backends {
  readonly log: EventLog;
  readonly store: CustomerStore;
  readonly atomic?: AtomicCommit | undefined;
  readonly prefix: string;
  readonly partitions: number;
}

/** A clock that stands still until it is moved, and then wakes whoever waits. Waits end by real time, too. */
class StoryClock implements Clock {
  readonly #waiting = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(private at: number) {}

  now = () => this.at;

  after(ms: number, callback: () => void): () => void {
    const cancelReal = systemClock.after(ms, () => waiting.wake());
    const end = () => {
      cancelReal();
      this.#waiting.delete(waiting);
    };
    const waiting = { at: this.at + ms, wake: () => (end(), callback()) };
    this.#waiting.add(waiting);
    return end;
  }

  moveTo(at: number): void {
    this.at = at;
    for (const waiting of [...this.#waiting]) if (waiting.at <= at) waiting.wake();
  }
}

const MINUTE = 60_000;

/**
 * Tells the same instants to a running engine: moves its clock, waits until the timers due by then are folded, publishes what
 * happens, waits until it is folded. Returns what the engine published.
 */
export async function tellEngine(
  lifecycle: Lifecycle,
  instants: readonly Instant[],
  { log, store, atomic, prefix, partitions }: Backends,
): Promise<Decided[]> {
  const clock = new StoryClock((instants[0]?.at ?? 0) - MINUTE);
  let folded = 0;
  let failure: Error | undefined;
  const engine = new Engine(
    {
      ...{ log, store, atomic, clock, prefix, partitions, lifecycle },
      random: () => 0.5,
      group: `${prefix}engines`,
      topics: inputTopics.map((topic) => topicName(prefix, topic)),
      lifecycleOf: () => Promise.resolve(lifecycle),
      limits: defaultLimits,
      observe: (event) => {
        if (event.kind === 'batch') folded += event.counts.events + event.counts.deadLetters;
      },
      onFatal: (error) => (failure = error),
    },
    // The clock leaps by days: that is no stall.
    Infinity,
  );
  const wait = (what: string, done: () => boolean | Promise<boolean>) =>
    soon(what, () => {
      if (failure) throw failure;
      return done();
    });
  const nothingDue = async (at: number) => {
    for (let partition = 0; partition < partitions; partition++)
      if ((await store.due(partition, at, 1)).length > 0) return false;
    return true;
  };
  await engine.start();
  try {
    await wait('the engine runs', () => engine.status().tasks.length === partitions && engine.status().ready);
    let expected = 0;
    for (const { at, timers, events, internal } of instants) {
      const when = new Date(at).toISOString();
      clock.moveTo(at);
      if (timers > 0) await wait(`${timers} timers of ${when} are folded`, () => nothingDue(at));
      if (events.length > 0) await log.publish(events.map((event) => recordOf(event, prefix)));
      expected += events.length + internal;
      await wait(`${events.length} events of ${when} are folded`, () => folded >= expected);
    }
  } finally {
    await engine.stop();
  }
  const topics = ['lifecycle.transitions.v1', 'retention.actions.v1', 'loyalty.ledger.v1'] as const;
  const published = await Promise.all(topics.map((topic) => outputsIn(log, topicName(prefix, topic))));
  return published.flat().flatMap(publishedBy);
}

/** Asks every other millisecond: there are thousands of instants. */
async function soon(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + MINUTE;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`waited a minute in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function recordOf({ id, type, subject, at, data }: ToldEvent, prefix: string): OutboundRecord {
  if (!isEventType(type)) throw new Error(`${type} is no event type`);
  const time = new Date(at).toISOString();
  return {
    topic: topicName(prefix, eventTypes[type].topic),
    key: subject,
    value: encodeEvent({ specversion: '1.0', id, source: '/story', type, subject, time, data }),
    headers: structuredHeaders,
  };
}
