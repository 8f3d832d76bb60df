import { decodeRecord, structuredHeaders } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition, type CustomerState } from '#lifecycle';
import { root } from '../support/processes.js';
import { carriedYear } from './carried-year.js';
import { backlogOf } from './load/load.js';
import { measureAdvance } from './measure-advance.js';

/**
 * Wide on purpose: in Jest's contexts every look-up of a global costs advance() and not JSON.parse, so that the ratio is
 * about half of what `npm run bench:advance` says (docs/decisions/0006-cost-of-advance.md).
 */
const least = 0.02;

test('to fold an event costs no more than to parse it fifty times', async () => {
  const { events, texts } = await carriedYear(root);
  const months = { events: events.slice(0, 12_000), texts: texts.slice(0, 12_000) };
  const { ratio, stateBytes } = measureAdvance(months, 3, () => undefined);
  expect(ratio).toBeGreaterThan(least);
  expect(stateBytes.max).toBeLessThan(64_000);
}, 60_000);

/** Processor time, µs, to fold the second half of so many events of so many customers. */
function costOf(events: number, customers: number): number {
  const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
  const headers = { 'content-type': Buffer.from(structuredHeaders['content-type']) };
  const known = new Map<string, CustomerState>();
  let begun = process.cpuUsage();
  let n = 0;
  for (const { topic, key, value } of backlogOf({ events, customers, shape: 'even', seed: 1 }, '')) {
    const record = {
      topic,
      partition: 0,
      key: Buffer.from(String(key)),
      value: Buffer.from(String(value)),
      headers,
    };
    const decoded = decodeRecord(record, { now: Date.now() });
    if (!decoded.ok) throw new Error(decoded.message);
    if (n++ === events / 2) begun = process.cpuUsage();
    const { event } = decoded;
    const customer = known.get(event.subject) ?? lifecycle.begin(event.subject);
    known.set(event.subject, lifecycle.advance(customer, event, event.at).customer);
  }
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}

test('an event of a customer who has thousands costs no more than four of others', () => {
  costOf(2_000, 200);
  const others = costOf(6_000, 600);
  expect(costOf(6_000, 1) / others).toBeLessThan(4);
}, 120_000);
