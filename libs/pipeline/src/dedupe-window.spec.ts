import { eventRecord } from '#testing';
import { homePartition } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import type { CustomerDocument, LogRecord } from './index.js';
import { foldBatch, type FoldedBatch } from './fold-batch.js';
import { locate } from './locate.js';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2025-01-06T12:00:00Z');
const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
const customer = 'ann';
const context = { lifecycle, group: 'g', partition: homePartition(customer, 1), partitions: 1, prefix: '' };

/** A customer who visits, event by event, each batch on top of the one before. */
class Visits {
  #document: CustomerDocument | undefined;
  #batch = 0;

  /** Folds the visits of these numbers, the n-th at `start + n · every`. */
  fold(numbers: readonly number[], every: number): FoldedBatch {
    const number = ++this.#batch;
    const records = numbers.map((n, offset) => locate(visit(n, start + n * every, offset), ''));
    const now = Math.max(...records.map(({ at }) => at)) + hour;
    const plan = { number, from: {}, to: {}, watermark: now, now };
    const known = new Map(this.#document ? [[customer, this.#document] as const] : []);
    const folded = foldBatch(records, known, plan, context);
    this.#document = folded.documents[0] ?? this.#document;
    return folded;
  }
}

function visit(n: number, at: number, offset: number): LogRecord {
  const { topic, value, headers } = eventRecord(
    'engagement.events.v1',
    'page.visited.v1',
    customer,
    { page: '/' },
    {
      at,
      id: `v-${n}`,
    },
  );
  const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
  return {
    topic,
    partition: 0,
    offset,
    timestamp: at,
    key: Buffer.from(customer),
    value: Buffer.from(value),
    headers: bytes,
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const counted = ({ counts, tally }: FoldedBatch) => ({
  duplicates: counts.duplicates,
  events: counts.events,
  beyond: tally.beyondWindow,
  narrow: tally.narrowWindow,
});

describe('upstream sends again', () => {
  test('one of the last 256 events: dropped, however old, and counted', () => {
    const visits = new Visits();
    visits.fold(upTo(400), 10 * day);
    expect(counted(visits.fold([144, 399], 10 * day))).toEqual({
      duplicates: 2,
      events: 0,
      beyond: 0,
      narrow: 0,
    });
  });

  test('an event of the last seven days: dropped, though more than 256 came since', () => {
    const visits = new Visits();
    visits.fold(upTo(2_000), hour / 12);
    expect(counted(visits.fold([1], hour / 12))).toEqual({ duplicates: 1, events: 0, beyond: 0, narrow: 0 });
  });

  test('an event beyond the window: folded again, and counted as one that may be a duplicate', () => {
    const visits = new Visits();
    visits.fold(upTo(400), 10 * day);
    expect(counted(visits.fold([143], 10 * day))).toEqual({ duplicates: 0, events: 1, beyond: 1, narrow: 0 });
  });

  test('whatever it is: never more duplicates are folded than are counted', () => {
    const visits = new Visits();
    visits.fold(upTo(500), 2 * day);
    const again = upTo(500).filter((n) => n % 7 === 0);
    const { events, beyond } = counted(visits.fold(again, 2 * day));
    expect(events).toBeGreaterThan(0);
    expect(beyond).toBeGreaterThanOrEqual(events);
  });
});

test('more than 2,048 events of one customer within seven days are said', () => {
  const visits = new Visits();
  expect(counted(visits.fold(upTo(2_049), 60_000)).narrow).toBe(0);
  expect(counted(visits.fold([2_049], 60_000)).narrow).toBe(1);
});

test('an event that is late, and was not sent before, is among those that may be duplicates: it cannot be told', () => {
  const visits = new Visits();
  visits.fold(upTo(400), 10 * day);
  expect(counted(visits.fold([-1], 10 * day))).toEqual({ duplicates: 0, events: 1, beyond: 1, narrow: 0 });
});
