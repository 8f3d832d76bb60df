import { betaQuantile } from './beta.js';
import { signalsOf, type ProductCounts } from './counts.js';
import { overallRate, priorOf, type Prior, type Tried } from './prior.js';

/** One product, or one cause of one product. Rates are signals per sale. */
export interface Rate extends Tried {
  readonly product: string;
  readonly category: string | null;
  readonly cause?: string | null;
  readonly returns?: number;
  readonly complaints?: number;
  readonly badScores?: number;
  /** As counted; null without a sale in the span. */
  readonly rate: number | null;
  /** Mean of the posterior; `low` and `high` hold 90 % of it, 5 % left out on either side. */
  readonly shrunk: number;
  readonly low: number;
  readonly high: number;
  /** What the category's products are believed to have before their own sales count, and how many sales that weighs. */
  readonly categoryRate: number;
  readonly priorWeight: number;
}

type Products = ReadonlyMap<string, ProductCounts>;

/**
 * Products with at least one signal, worst first: by `low`, the rate that the product exceeds with a probability of 95 %, so
 * that neither two unlucky sales lead the list nor a broad seller's average hides a fault. Of the same `low` the higher
 * `shrunk` goes first, then the product's id.
 */
export function ratesByProduct(products: Products): Rate[] {
  return ratesOf(products, (counts) => signalsOf(counts)).map(([product, rate]) => {
    const { returns, complaints, badScores } = products.get(product)!;
    return { ...rate, returns, complaints, badScores };
  });
}

/** The same for each cause: a cause's rate in a product is drawn towards that of the cause in the category. */
export function ratesByCause(products: Products): Rate[] {
  const causes = new Set([...products.values()].flatMap((counts) => [...counts.causes.keys()]));
  const rates = [...causes].flatMap((cause) =>
    ratesOf(products, (counts) => counts.causes.get(cause) ?? 0).map(([, rate]) => ({
      ...rate,
      cause: cause || null,
    })),
  );
  return rates.sort(worstFirst);
}

function ratesOf(products: Products, signals: (counts: ProductCounts) => number): [string, Rate][] {
  const groups = new Map<string | null, Tried[]>();
  for (const counts of products.values()) {
    const category = counts.category ?? null;
    const group = groups.get(category);
    if (group) group.push(tried(counts, signals));
    else groups.set(category, [tried(counts, signals)]);
  }
  const overall = overallRate([...groups.values()].flat());
  const priors = new Map([...groups].map(([category, group]) => [category, priorOf(group, overall)]));
  const rates: [string, Rate][] = [];
  for (const [product, counts] of products) {
    const category = counts.category ?? null;
    if (signals(counts) > 0)
      rates.push([product, rateOf(product, category, counts.sold, signals(counts), priors.get(category)!)]);
  }
  return rates.sort(([, a], [, b]) => worstFirst(a, b));
}

/** A sale counts for one sign at most: goods of earlier sales come back too, and one sale may bring two signs. */
const tried = ({ sold, ...counts }: ProductCounts, signals: (counts: ProductCounts) => number): Tried => ({
  sold,
  signals: Math.min(sold, signals({ sold, ...counts })),
});

function rateOf(
  product: string,
  category: string | null,
  sold: number,
  signals: number,
  { mean, weight }: Prior,
): Rate {
  const within = Math.min(signals, sold);
  const a = mean * weight + within;
  const b = (1 - mean) * weight + sold - within;
  return {
    product,
    category,
    sold,
    signals,
    rate: sold === 0 ? null : signals / sold,
    shrunk: a / (a + b),
    low: betaQuantile(0.05, a, b),
    high: betaQuantile(0.95, a, b),
    categoryRate: mean,
    priorWeight: weight,
  };
}

const worstFirst = (a: Rate, b: Rate) =>
  b.low - a.low || b.shrunk - a.shrunk || (a.product < b.product ? -1 : a.product > b.product ? 1 : 0);
