import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { printRows, type Format } from '../output.js';
import type { Counts } from './counts.js';
import { ratesByCause, ratesByProduct, type Rate } from './rates.js';
import { readCounts } from './read-counts.js';

export interface QualityOptions {
  readonly output: Format;
  readonly by: 'product' | 'cause';
  /** Event times, ms. */
  readonly from?: number;
  readonly to?: number;
}

const counted = { product: ['returns', 'complaints', 'badScores'], cause: ['cause'] } as const;

/** `perennial quality`: products with signals, worst first. What the figures cannot say is said on stderr. */
export const quality =
  ({ output, by, from = -Infinity, to = Infinity }: QualityOptions): Command =>
  async ({ terminal, config, backends, now }) => {
    const { log } = await backends();
    const counts = await readCounts({ log, prefix: config.topicPrefix, now: now() }, { from, to });
    const rates = by === 'cause' ? ratesByCause(counts.products) : ratesByProduct(counts.products);
    const rows = output === 'table' ? rates.map(rounded) : rates;
    const columns = [
      'product',
      'category',
      ...counted[by],
      'sold',
      'signals',
      'rate',
      'shrunk',
      'low',
      'high',
    ];
    await printRows(terminal, output, rows, [...columns, 'categoryRate']);
    for (const line of remarks(counts, rates)) terminal.say(line);
    return exitCode.ok;
  };

function* remarks({ sales, signals, products }: Counts, rates: readonly Rate[]): Generator<string> {
  if (signals === 0)
    yield "quality.signals.v1 holds no signal of that span: the programme 'quality' publishes one for each complaint, return and bad score that names a product.";
  if (sales === 0)
    yield 'purchase.events.v1 holds no order of that span that names products: without sales there is no rate.';
  const listed = new Set(rates.map(({ product }) => product)).size;
  const above = new Set(rates.filter((it) => it.signals > it.sold).map(({ product }) => product)).size;
  if (above > 0)
    yield `${above} products have more signals than sales in that span (goods of earlier sales, or several signs of one): they count up to their sales.`;
  yield `${sales} sales and ${signals} signals of ${products.size} products; ${products.size - listed} of them without a signal are not listed.`;
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;

function rounded(rate: Rate): Rate {
  const { shrunk, low, high, categoryRate, rate: raw } = rate;
  return {
    ...rate,
    rate: raw === null ? null : round(raw),
    shrunk: round(shrunk),
    low: round(low),
    high: round(high),
    categoryRate: round(categoryRate),
  };
}
