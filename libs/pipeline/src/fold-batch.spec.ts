import { homePartition } from '#contracts';
import type { Advance, CustomerState, Lifecycle } from '#lifecycle';
import { recordsOf } from './commit-batch.js';
import type { CustomerDocument } from './customer-store.port.js';
import type { LogRecord } from './event-log.port.js';
import { foldBatch, foldingOrder, OvertakenByOwner, type FoldContext } from './fold-batch.js';
import { locate } from './locate.js';

const PARTITIONS = 2;
const NOW = Date.parse('2026-03-01T00:00:00Z');
/** Customers whose home is partition 0, and one whose home is partition 1. */
const everyone = Array.from({ length: 40 }, (_, i) => `c${i}`);
const at = (partition: number) => everyone.filter((id) => homePartition(id, PARTITIONS) === partition);
const [ada = '', ben = ''] = at(0);
const [far = ''] = at(1);

interface Counting extends CustomerState {
  readonly seen: readonly string[];
}

/** Emits one transition per event, and throws on the event `boom`. */
const lifecycle: Lifecycle = {
  definition: { name: 'toy', version: 1, hash: 'h' },
  rules: 1,
  factsOf: (customer) => ({ ...customer }),
  begin: (id) =>
    ({ id, definition: 'toy@1', stage: 'exploration', health: 'well', timers: [], seen: [] }) as Counting,
  advance: (customer, event): Advance => {
    if (event.id === 'boom') throw new Error('a rule threw');
    const { seen } = customer as Counting;
    const none = { actions: [], suppressed: [], records: [], late: false, cut: [] };
    if (seen.includes(event.id)) return { ...none, customer, transitions: [], duplicate: true };
    const evidence = { rule: 'r', facts: { seen: seen.length }, causes: [event.id] };
    const transition = {
      id: `t-${event.id}`,
      region: 'stage',
      from: 'a',
      to: 'b',
      at: event.at,
      evidence,
    } as const;
    return {
      ...none,
      customer: { ...customer, seen: [...seen, event.id] } as Counting,
      transitions: [transition],
      duplicate: false,
    };
  },
};
const context: FoldContext = { lifecycle, group: 'g', partition: 0, partitions: PARTITIONS, prefix: '' };
const plan = {
  number: 7,
  from: { 'profile.events.v1': 0 },
  to: { 'profile.events.v1': 9 },
  watermark: NOW,
  now: NOW,
};

let offset = 0;
const event = (
  subject: string,
  id: string,
  time = '2026-02-01T00:00:00Z',
  more: Partial<LogRecord> = {},
): LogRecord => ({
  topic: 'profile.events.v1',
  partition: 0,
  offset: offset++,
  timestamp: NOW,
  key: Buffer.from(subject),
  value: Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id,
      source: 's',
      type: 'profile.updated.v1',
      subject,
      time,
      data: {},
    }),
  ),
  headers: {},
  ...more,
});
const fold = (records: LogRecord[], documents: CustomerDocument[] = []) =>
  foldBatch(
    foldingOrder(
      records.map((r) => locate(r, '')),
      ['profile.events.v1'],
    ),
    new Map(documents.map((d) => [d.id, d])),
    plan,
    context,
  );
const published = (batch: ReturnType<typeof fold>, topic: string) =>
  recordsOf(batch).filter((r) => r.topic === topic);
const ids = (batch: ReturnType<typeof fold>) =>
  published(batch, 'lifecycle.transitions.v1').map((r) => (JSON.parse(String(r.value)) as { id: string }).id);

describe('one folded batch', () => {
  it("publishes each customer's outputs in event-time order and writes one document each", () => {
    const batch = fold([event(ada, 'e2', '2026-02-02T00:00:00Z'), event(ben, 'e3'), event(ada, 'e1')]);
    expect(ids(batch).filter((id) => id !== 't-e3')).toEqual(['t-e1', 't-e2']);
    expect(batch.documents.map((d) => [d.id, d.batch, d.outputs.length]).sort()).toEqual(
      [
        [ada, 7, 2],
        [ben, 7, 1],
      ].sort(),
    );
  });

  it('is the same bytes when it is folded again', () => {
    const records = [event(ada, 'e1'), event(ben, 'boom'), event(far, 'x'), event(ben, 'e2', 'no time')];
    expect(fold(records)).toEqual(fold(records));
  });

  it('sends the stored outbox of a customer whom an earlier attempt at this batch has written', () => {
    const records = [event(ada, 'e1'), event(ben, 'e2')];
    const first = fold(records);
    const written = first.documents.filter((d) => d.id === ada);
    const again = fold(records, written);
    expect(again.documents.map((d) => d.id)).toEqual([ben]);
    expect(ids(again).sort()).toEqual(ids(first).sort());
  });

  it('stops at a customer whom a later batch has written', () => {
    const later = fold([event(ada, 'e1')]).documents.map((d) => ({ ...d, batch: 8 }));
    expect(() => fold([event(ada, 'e9')], later)).toThrow(OvertakenByOwner);
  });

  it('writes nothing for a duplicate', () => {
    const before = fold([event(ada, 'e1')]).documents.map((d) => ({ ...d, batch: 3, outputs: [] }));
    const batch = fold([event(ada, 'e1')], before);
    expect(batch.documents).toEqual([]);
    expect(batch.counts).toMatchObject({ duplicates: 1, outputs: 0 });
  });

  it('keeps the customer as before when the rules throw, and dead-letters the event alone', () => {
    const batch = fold([event(ada, 'e1'), event(ada, 'boom'), event(ada, 'e2', '2026-02-03T00:00:00Z')]);
    expect(ids(batch)).toEqual(['t-e1', 't-e2']);
    const [letter] = published(batch, 'profile.events.v1.dlq');
    expect(letter?.headers).toMatchObject({ 'x-dlq-stage': 'fold', 'x-dlq-error-message': 'a rule threw' });
    expect(batch.broken.map((b) => b.customer)).toEqual([ada]);
  });

  it('re-routes a record of a foreign partition or key to the home partition, bytes kept', () => {
    const foreign = event(far, 'e1');
    const miskeyed = event(ada, 'e2', undefined, { key: Buffer.from('other') });
    const routed = published(fold([foreign, miskeyed]), 'lifecycle.inbox.v1');
    expect(routed.map((r) => [r.partition, String(r.key), r.value])).toEqual([
      [1, far, foreign.value],
      [0, ada, miskeyed.value],
    ]);
  });

  it('judges how far ahead an event lies by the batch’s clock', () => {
    const ahead = fold([event(ada, 'e1', '2026-03-02T00:00:01Z'), event(ben, 'e2', '2026-03-01T23:59:59Z')]);
    expect(published(ahead, 'profile.events.v1.dlq').map((r) => r.headers?.['x-dlq-error-class'])).toEqual([
      'time',
    ]);
    expect(ids(ahead)).toEqual(['t-e2']);
  });

  it('ends with the order record from which it can be repeated', () => {
    const [order] = published(fold([event(ada, 'e1')]), 'lifecycle.order.v1');
    expect(JSON.parse(String(order?.value))).toMatchObject({
      id: 'g/0/7',
      data: {
        number: 7,
        slices: { 'profile.events.v1': [0, 9] },
        definition: { hash: 'h' },
        counts: { records: 1 },
      },
    });
  });
});
