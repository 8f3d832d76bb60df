import type { Position, Reading, Seen } from './reading.js';
import type { Claim } from './verify.js';
import { topics } from './verify.js';

const hour = 3_600_000;
export const begun = Date.parse('2026-03-01T00:00:00.000Z');
export const prefix = 'x.';
const iso = (ms: number) => new Date(ms).toISOString();

const event = (id: string, type: string, at: number, data: object, subject = 'ann') =>
  JSON.stringify({ specversion: '1.0', id, source: '/chaos', type, subject, time: iso(at), data });
const due = iso(begun + 25 * hour);

/**
 * A whole run, by hand: ann buys, complains (on a foreign partition, so it comes home through the inbox), comes by, and falls silent;
 * one visit is told twice, and one record is malformed. `change` may spoil what was read.
 */
export function reading(change: (records: Map<string, Seen[]>) => void = () => undefined): Reading {
  const records = new Map<string, Seen[]>(topics.map((topic) => [topic, []]));
  const put = (topic: string, value: string, more: Partial<Seen> = {}) => {
    const { partition = 0 } = more;
    const all = records.get(topic)!;
    const offset = all.filter((it) => it.partition === partition).length;
    all.push({ topic, partition, offset, home: 0, key: 'ann', value, headers: {}, ...more });
  };
  const upstream = (n: number, kind = 'event') => ({ headers: { 'load-n': String(n), 'load-kind': kind } });
  const order = { orderId: 'o-1', total: 10, currency: 'EUR', products: [] };
  const complaint = event('e-1', 'case.opened.v1', begun + 2 * hour, { caseId: 'k-1' });
  const visit = event('e-2', 'page.visited.v1', begun + hour, { page: '/' });
  put('purchase.events.v1', event('e-0', 'order.completed.v1', begun, order), upstream(0));
  put('support.events.v1', complaint, { ...upstream(1), partition: 1 });
  put('engagement.events.v1', visit, upstream(2));
  put('engagement.events.v1', visit, upstream(3));
  put('profile.events.v1', '{"specversion":', upstream(4, 'malformed'));

  const origin = { topic: `${prefix}support.events.v1`, partition: '1', offset: '0' };
  put('lifecycle.inbox.v1', complaint, {
    headers: { ...upstream(1).headers, ...named('x-origin-', origin) },
  });
  put('lifecycle.inbox.v1', event('t-1', 'timer.due.v1', begun + 25 * hour, { name: 'quiet', due }));

  const batch = (partition: number, number: number, slices: object, counts: object) => {
    const named = Object.fromEntries(Object.entries(slices).map(([topic, slice]) => [prefix + topic, slice]));
    const value = JSON.stringify({ data: { number, slices: named, counts } });
    put('lifecycle.order.v1', value, { partition });
  };
  batch(1, 1, { 'support.events.v1': [0, 1] }, { records: 1, outputs: 1 });
  batch(0, 1, { 'purchase.events.v1': [0, 1], 'profile.events.v1': [0, 1] }, { records: 2, outputs: 4 });
  batch(0, 2, { 'engagement.events.v1': [0, 2], 'lifecycle.inbox.v1': [0, 2] }, { records: 4, outputs: 3 });

  const move = (region: string, from: string, to: string, cause: string) =>
    put(
      'lifecycle.transitions.v1',
      event(`${from}-${to}`, `${region}.changed.v1`, 0, { from, to, causes: [cause] }),
    );
  move('stage', 'exploration', 'awareness', '/chaos#e-0');
  move('stage', 'awareness', 'expansion', '/chaos#e-2');
  move('stage', 'expansion', 'awareness', '/chaos#e-1');
  move('health', 'well', 'atRisk', `timer:quiet@${due}`);
  const earned = { reason: 'earned', pendingChange: 10, pending: 10, orderId: 'o-1' };
  put('loyalty.ledger.v1', event('p-1', 'points.changed.v1', 0, earned));
  put('retention.actions.v1', event('a-1', 'action.requested.v1', 0, { template: 'follow-up.thanks' }));
  const letter = { topic: `${prefix}profile.events.v1`, partition: '0', offset: '0' };
  put('profile.events.v1.dlq', '{"specversion":', { headers: named('x-dlq-', letter) });
  const ends = [...records].flatMap(([topic, all]) =>
    [0, 1].map((partition): Position => {
      const end = all.filter((it) => it.partition === partition).length;
      return { topic, partition, committed: end, end };
    }),
  );
  change(records);
  return { records, positions: ends };
}

const named = (header: string, values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [header + name, String(value)]));

export const claim: Claim = {
  published: 5,
  prefix,
  facts: new Map([
    [
      'ann',
      {
        ...{ stage: 'awareness', health: 'atRisk', orders: 1, spend: 10, visits: 1, cases: 1, surveys: 0 },
        ...{ points: 10, lastVisitAt: begun + hour, lastEventAt: begun + 2 * hour },
      },
    ],
  ]),
};
