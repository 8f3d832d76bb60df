import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './processes.js';

/** What a household's facts must be, computed from the carried files with nothing of the engine. */
export interface Household {
  orders: number;
  visits: number;
  /** Distinct days in the shop's zone, `YYYY-MM-DD`, sorted. */
  days: string[];
  firstPurchaseAt: number;
  lastPurchaseAt: number;
  spend: number;
  campaigns: number;
  coupons: number;
}

const fixtures = join(root, 'test/fixtures/complete-journey');
const newYorkDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });

const rows = (file: string): Record<string, string>[] => {
  const bytes = readFileSync(join(fixtures, file));
  const [head = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString()
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value])));
};

/** Every household of the carried cut, by customer id; `shiftMs` as the import shifted its year. */
export function households(shiftMs = 0): Map<string, Household> {
  const all = new Map<string, Household>();
  const of = (id: string | undefined): Household => {
    const key = `household-${id}`;
    const found = all.get(key) ?? {
      ...{ orders: 0, visits: 0, days: [], firstPurchaseAt: Infinity, lastPurchaseAt: 0, spend: 0 },
      ...{ campaigns: 0, coupons: 0 },
    };
    all.set(key, found);
    return found;
  };
  for (const row of rows('baskets.csv.gz')) {
    const household = of(row['household_id']);
    const at = Date.parse(`${row['transaction_timestamp']?.replace(' ', 'T')}Z`) + shiftMs;
    const value = Number(row['sales_value']);
    if (value <= 0) {
      household.visits++;
      continue;
    }
    household.orders++;
    household.days.push(newYorkDay.format(at));
    household.firstPurchaseAt = Math.min(household.firstPurchaseAt, at);
    household.lastPurchaseAt = Math.max(household.lastPurchaseAt, at);
    household.spend += value;
  }
  for (const row of rows('campaigns.csv')) of(row['household_id']).campaigns++;
  for (const row of rows('coupon_redemptions.csv')) of(row['household_id']).coupons++;
  for (const household of all.values()) household.days = [...new Set(household.days)].sort();
  return all;
}

/** The same, as the engine names its facts: cents, since sums of floats differ in the order of adding. */
export const asFacts = (h: Household) => ({
  orders: h.orders,
  visits: h.visits,
  purchases: h.days.length,
  firstPurchaseDay: h.days[0],
  lastPurchaseDay: h.days.at(-1),
  firstPurchaseAt: h.orders > 0 ? h.firstPurchaseAt : undefined,
  lastPurchaseAt: h.orders > 0 ? h.lastPurchaseAt : undefined,
  cents: Math.round(h.spend * 100),
  campaignsSent: h.campaigns,
  couponsRedeemed: h.coupons,
});

/** The engine's facts of one customer, reduced to the same. */
export const fromFacts = (facts: Readonly<Record<string, unknown>>) => ({
  orders: facts['orders'],
  visits: facts['visits'],
  purchases: facts['purchases'],
  firstPurchaseDay: facts['firstPurchaseDay'],
  lastPurchaseDay: facts['lastPurchaseDay'],
  firstPurchaseAt: facts['firstPurchaseAt'],
  lastPurchaseAt: facts['lastPurchaseAt'],
  cents: Math.round(((facts['spend'] as Record<string, number> | undefined)?.['USD'] ?? 0) * 100),
  campaignsSent: facts['campaignsSent'],
  couponsRedeemed: facts['couponsRedeemed'],
});
