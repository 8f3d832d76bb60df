import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import { mergeByTime } from './merge-by-time.js';
import { noonOf } from './noon.js';
import { csvRows, type RowProblem, type TableRow } from './rows.js';

const zone = 'America/New_York';
type Reject = (problem: RowProblem) => void;

/**
 * A folder with `baskets.csv` (or `.csv.gz`), in order of time, and, where present, `campaigns.csv` with
 * `campaign_descriptions.csv` and `coupon_redemptions.csv`. Times of baskets are UTC; days are the shop's.
 * @throws Failure when there are no baskets.
 */
export function completeJourney(folder: string): Dataset {
  const baskets = ['baskets.csv.gz', 'baskets.csv'].map((f) => join(folder, f)).find((f) => existsSync(f));
  if (baskets === undefined)
    throw new Failure(`${folder}: holds no baskets.csv or baskets.csv.gz; give the folder of the data`);
  const present = (name: string) => [join(folder, name)].filter((file) => existsSync(file));
  const [redemptions] = present('coupon_redemptions.csv');
  const [campaigns, descriptions] = [...present('campaigns.csv'), ...present('campaign_descriptions.csv')];
  const sent =
    campaigns !== undefined && descriptions !== undefined ? { campaigns, descriptions } : undefined;
  return {
    name: 'complete-journey',
    source: '/import/complete-journey',
    files: [baskets, sent?.campaigns, sent?.descriptions, redemptions].filter((file) => file !== undefined),
    end: Date.UTC(2018, 0, 1, 5),
    zone,
    events: (reject) =>
      mergeByTime(
        sent === undefined ? none() : campaignsSent(sent.campaigns, sent.descriptions, reject),
        redemptions === undefined ? none() : couponsRedeemed(redemptions, reject),
        mapped(baskets, basketColumns, basketEvent, reject),
      ),
  };
}

async function* none(): AsyncGenerator<ImportedEvent> {}

/** Rows to events; what a row lacks is returned as text and rejected. */
async function* mapped(
  file: string,
  columns: readonly string[],
  toEvent: (row: TableRow['fields']) => ImportedEvent | string,
  reject: Reject,
): AsyncGenerator<ImportedEvent> {
  for await (const { number, fields } of csvRows(file, columns, reject)) {
    const result = toEvent(fields);
    if (typeof result === 'string') reject({ file, line: number + 1, problem: result });
    else yield result;
  }
}

const basketColumns = [
  'basket_id',
  'household_id',
  'transaction_timestamp',
  'sales_value',
  'retail_disc',
  'coupon_disc',
  'coupon_match_disc',
];

/** A basket of value 0 is a visit without a purchase. */
function basketEvent(row: TableRow['fields']): ImportedEvent | string {
  const at = Date.parse(`${(row['transaction_timestamp'] ?? '').replace(' ', 'T')}Z`);
  const [total, ...discounts] = ['sales_value', 'retail_disc', 'coupon_disc', 'coupon_match_disc'].map(
    (column) => Number(row[column] || NaN),
  );
  if (Number.isNaN(at))
    return `transaction_timestamp: '${row['transaction_timestamp']}' is not yyyy-mm-dd hh:mm:ss`;
  if (total === undefined || Number.isNaN(total) || discounts.some((d) => Number.isNaN(d)))
    return 'sales_value and the discounts must be numbers';
  if (!row['basket_id'] || !row['household_id']) return 'basket_id and household_id must not be empty';
  const common = { id: `basket-${row['basket_id']}`, subject: `household-${row['household_id']}`, at };
  if (total <= 0)
    return {
      ...common,
      type: 'page.visited.v1',
      data: { page: `/stores/${row['store_id'] ?? ''}`, visitId: row['basket_id'] },
    };
  const discount = Math.round(discounts.reduce((sum, d) => sum + d, 0) * 100) / 100;
  return {
    ...common,
    type: 'order.completed.v1',
    data: { orderId: row['basket_id'], total, currency: 'USD', discount, products: [] },
  };
}

async function* campaignsSent(
  campaigns: string,
  descriptions: string,
  reject: Reject,
): AsyncGenerator<ImportedEvent> {
  const starts = new Map<string, number>();
  for await (const { number, fields } of csvRows(descriptions, ['campaign_id', 'start_date'], reject)) {
    const at = noonOf(fields['start_date'] ?? '', zone);
    if (at === undefined)
      reject({
        file: descriptions,
        line: number + 1,
        problem: `start_date: '${fields['start_date']}' is not a day`,
      });
    else starts.set(fields['campaign_id'] ?? '', at);
  }
  yield* sorted(
    mapped(
      campaigns,
      ['campaign_id', 'household_id'],
      ({ campaign_id: campaign, household_id: household }) => {
        const at = starts.get(campaign ?? '');
        if (at === undefined) return `campaign_id: no description of campaign '${campaign}'`;
        if (!household) return 'household_id must not be empty';
        return {
          id: `campaign-${campaign}-household-${household}`,
          type: 'campaign.sent.v1',
          subject: `household-${household}`,
          at,
          data: { campaignId: `${campaign}`, channel: 'post' },
        };
      },
      reject,
    ),
  );
}

/** The same coupon may be redeemed more than once a day: the row's rank among equal ones is part of the id. */
async function* couponsRedeemed(file: string, reject: Reject): AsyncGenerator<ImportedEvent> {
  const seen = new Map<string, number>();
  yield* sorted(
    mapped(
      file,
      ['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'],
      ({ household_id: household, coupon_upc: coupon, campaign_id: campaign, redemption_date: day }) => {
        const at = noonOf(day ?? '', zone);
        if (at === undefined) return `redemption_date: '${day}' is not a day`;
        if (!household || !coupon) return 'household_id and coupon_upc must not be empty';
        const row = `redemption-${household}-${coupon}-${campaign}-${day}`;
        const rank = (seen.get(row) ?? 0) + 1;
        seen.set(row, rank);
        return {
          id: rank === 1 ? row : `${row}-${rank}`,
          type: 'coupon.redeemed.v1',
          subject: `household-${household}`,
          at,
          data: { couponId: coupon, campaignId: `${campaign}` },
        };
      },
      reject,
    ),
  );
}

/** Small files only: they are held whole. */
async function* sorted(events: AsyncIterable<ImportedEvent>): AsyncGenerator<ImportedEvent> {
  const all: ImportedEvent[] = [];
  for await (const event of events) all.push(event);
  yield* all.sort((a, b) => a.at - b.at);
}
