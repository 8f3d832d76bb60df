import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleFolder } from '../project.js';
import { completeJourney } from './complete-journey.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import type { RowProblem } from './rows.js';

async function read(dataset: Dataset) {
  const events: ImportedEvent[] = [];
  const problems: RowProblem[] = [];
  for await (const event of dataset.events((problem) => problems.push(problem))) events.push(event);
  return { events, problems };
}

describe('the carried Complete Journey cut', () => {
  let events: ImportedEvent[];
  beforeAll(async () => {
    const found = await read(completeJourney(sampleFolder));
    expect(found.problems).toEqual([]);
    events = found.events;
  });
  const ofType = (type: string) => events.filter((event) => event.type === type);

  it('gives one event for each row: baskets, visits, campaigns, coupons', () => {
    expect(ofType('order.completed.v1')).toHaveLength(28_831 - 88);
    expect(ofType('page.visited.v1')).toHaveLength(88);
    expect(ofType('campaign.sent.v1')).toHaveLength(1_169);
    expect(ofType('coupon.redeemed.v1')).toHaveLength(385);
    expect(new Set(events.map(({ subject }) => subject)).size).toBe(414);
  });

  it('comes in order of event time, and ends with the data', () => {
    expect(events.every((event, i) => event.at >= (events[i - 1]?.at ?? 0))).toBe(true);
    expect(events.at(-1)?.at).toBeLessThan(completeJourney(sampleFolder).end);
  });

  it('gives every event an identity of its own, the same at each reading', async () => {
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await read(completeJourney(sampleFolder))).events.map(({ id }) => id)).toEqual(ids);
  });

  it('reads a basket as it stands in the file', () => {
    expect(events.find(({ id }) => id === 'basket-31198570044')).toEqual({
      id: 'basket-31198570044',
      type: 'order.completed.v1',
      subject: 'household-900',
      at: Date.UTC(2017, 0, 1, 11, 53, 26),
      data: { orderId: '31198570044', total: 0.5, currency: 'USD', discount: 0, products: [] },
    });
  });

  it('puts a campaign at noon of its first day in the shop', () => {
    const [first] = ofType('campaign.sent.v1');
    expect(new Date(first?.at ?? 0).toISOString()).toBe('2016-11-14T17:00:00.000Z');
  });
});

describe('a Complete Journey folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-cj-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const heading =
    'basket_id,household_id,store_id,transaction_timestamp,sales_value,retail_disc,coupon_disc,coupon_match_disc';
  const baskets = (...rows: string[]) =>
    writeFile(join(folder, 'baskets.csv'), [heading, ...rows].join('\n'));

  it('needs baskets and says so', () => {
    expect(() => completeJourney(folder)).toThrow('holds no baskets.csv');
  });

  it('needs its columns and names the missing ones', async () => {
    await writeFile(join(folder, 'baskets.csv'), 'basket_id,household_id\n1,2\n');
    await expect(read(completeJourney(folder))).rejects.toThrow(
      'missing: transaction_timestamp, sales_value',
    );
  });

  it('leaves out bad rows, naming line and field, and keeps the others', async () => {
    await baskets(
      '1,7,3,2017-01-01 10:00:00,5,0,0,0',
      '2,7,3,yesterday,5,0,0,0',
      '3,7,3,2017-01-01 10:00:00,much,0,0,0',
      '4,7',
      ',7,3,2017-01-01 10:00:00,5,0,0,0',
    );
    const { events, problems } = await read(completeJourney(folder));
    expect(events.map(({ id }) => id)).toEqual(['basket-1']);
    expect(problems.map(({ line, problem }) => [line, problem])).toEqual([
      [3, "transaction_timestamp: 'yesterday' is not yyyy-mm-dd hh:mm:ss"],
      [4, 'sales_value and the discounts must be numbers'],
      [5, '2 fields, expected 8'],
      [6, 'basket_id and household_id must not be empty'],
    ]);
  });
});
