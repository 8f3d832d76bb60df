/** How often a product gave a sign, of how many sales. */
export interface Tried {
  readonly signals: number;
  readonly sold: number;
}

/** Beta(mean · weight, (1 − mean) · weight): what is believed of a product before its own sales; `weight` is in sales. */
export interface Prior {
  readonly mean: number;
  readonly weight: number;
}

/** The weight where a group has too few products to learn it from. */
export const statedWeight = 20;
/** From so many products on the weight is learnt from the group. */
export const fewestProducts = 10;
const leastWeight = 1;
const mostWeight = 10_000;

/** The rate of all products together, half a sign and half a sale to neither side added, so that it is neither 0 nor 1. */
export function overallRate(all: readonly Tried[]): number {
  const { signals, sold } = sum(all);
  return (signals + 0.5) / (sold + 1);
}

/**
 * The prior of one group of products (a category), empirical Bayes with a beta-binomial model. The mean is the group's
 * own rate, drawn towards `overall` as if 20 more sales had gone that way, so that a category of one product is not its own
 * judge. The weight follows from how much more the products' rates differ than chance alone lets them: moments weighted by
 * sales, after J. C. Kleinman, "Proportions with extraneous variance: single and independent samples", JASA 68 (1973), 46–54.
 */
export function priorOf(group: readonly Tried[], overall: number): Prior {
  const tried = group.filter(({ sold }) => sold > 0);
  const { signals, sold } = sum(tried);
  const mean = (signals + statedWeight * overall) / (sold + statedWeight);
  return { mean, weight: tried.length < fewestProducts ? statedWeight : fittedWeight(tried) };
}

function fittedWeight(tried: readonly Tried[]): number {
  const { signals, sold } = sum(tried);
  const rate = signals / sold;
  const chance = rate * (1 - rate);
  if (chance === 0) return statedWeight;
  const spread = total(tried, (it) => it.sold * (it.signals / it.sold - rate) ** 2);
  const freedom = tried.length - 1;
  const size = sold - total(tried, (it) => it.sold ** 2) / sold;
  const correlation = (spread - chance * freedom) / (chance * (size - freedom));
  if (!(correlation > 0)) return mostWeight;
  return Math.min(mostWeight, Math.max(leastWeight, 1 / correlation - 1));
}

const total = (tried: readonly Tried[], of: (it: Tried) => number) =>
  tried.reduce((all, it) => all + of(it), 0);
const sum = (tried: readonly Tried[]): Tried => ({
  signals: total(tried, ({ signals }) => signals),
  sold: total(tried, ({ sold }) => sold),
});
