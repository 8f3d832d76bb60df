import { logAddExp, logBeta, logGamma } from './log-gamma.js';

export const buyingModels = ['bg-nbd', 'mbg-nbd'] as const;
export type BuyingModel = (typeof buyingModels)[number];

/**
 * A population: purchase rates are gamma distributed (shape `r`, rate `alpha` in units of time), the chance of leaving at a
 * purchase is beta distributed (`a`, `b`).
 */
export interface BuyingParameters {
  readonly model: BuyingModel;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** One customer: repeat purchases, time of the last one and time until now, both since the first purchase, in the model's unit. */
export interface History {
  readonly frequency: number;
  readonly recency: number;
  readonly age: number;
}

/**
 * ln L of one history. BG/NBD: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005), eq. 6;
 * a customer may leave after each repeat purchase. MBG/NBD: Batislam, Denizel and Filiztekin, International Journal of Research in
 * Marketing 24 (2007); also after the first.
 */
export const logLikelihood = (parameters: BuyingParameters, { frequency, recency, age }: History): number =>
  logLikelihoodAt(parameters, frequency)(recency, age);

/** The same for all histories of one frequency: what depends on nothing else is reckoned once. */
export function logLikelihoodAt(
  { model, r, alpha, a, b }: BuyingParameters,
  x: number,
): (recency: number, age: number) => number {
  const purchases = logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - logBeta(a, b);
  // Chances to leave that were let pass before the last purchase's own; whoever is alive let that one pass too.
  const passed = model === 'bg-nbd' ? x - 1 : x;
  const stays = logBeta(a, b + passed + 1);
  const leaves = passed < 0 ? -Infinity : logBeta(a + 1, b + passed);
  return (recency, age) => {
    const alive = stays - (r + x) * Math.log(alpha + age);
    const gone = leaves - (r + x) * Math.log(alpha + recency);
    return purchases + logAddExp(alive, gone);
  };
}

/** The probability that the customer has not left (0 to 1). BG/NBD holds everyone without a repeat for alive. */
export function aliveProbability(parameters: BuyingParameters, history: History): number {
  const odds = logOddsGone(parameters, history);
  return odds > 0 ? Math.exp(-odds) / (1 + Math.exp(-odds)) : 1 / (1 + Math.exp(odds));
}

function logOddsGone({ model, r, alpha, a, b }: BuyingParameters, { frequency: x, recency, age }: History) {
  const stayed = model === 'bg-nbd' ? x - 1 : x;
  if (stayed < 0) return -Infinity;
  return Math.log(a / (b + stayed)) + (r + x) * Math.log((alpha + age) / (alpha + recency));
}

/**
 * The age at which a customer who stays silent has only the probability `p` (0 to 1) left to be alive: where `aliveProbability`
 * comes to p. Before the last purchase's time where it is less already then; Infinity where it never comes so low.
 */
export function ageAtProbability(
  { model, r, alpha, a, b }: BuyingParameters,
  { frequency: x, recency }: Omit<History, 'age'>,
  p: number,
): number {
  const stayed = model === 'bg-nbd' ? x - 1 : x;
  if (stayed < 0) return Infinity;
  return (alpha + recency) * Math.exp(Math.log(((1 / p - 1) * (b + stayed)) / a) / (r + x)) - alpha;
}

/** The probability (0 to 1) of at least one purchase within the next `span`. Whoever is alive stays so until the next purchase. */
export function buysProbability(parameters: BuyingParameters, history: History, span: number): number {
  const { r, alpha } = parameters;
  const { frequency, age } = history;
  const none = (r + frequency) * Math.log((alpha + age) / (alpha + age + span));
  return aliveProbability(parameters, history) * -Math.expm1(none);
}

/**
 * Expected number of purchases within the next `span`: Fader, Hardie and Lee (2005), eq. 10, and its like for MBG/NBD. Gauss's
 * function is taken by Euler's transformation, (1 − z)^(r+x) F(r+x, ·; c; z) = (1 − z)^(a−1) F(c−r−x, a−1; c; z), whose terms stay
 * small for histories of thousands, and the pole at a = 1 is taken out of the bracket.
 */
export function expectedPurchases(parameters: BuyingParameters, history: History, span: number): number {
  const { model, r, alpha, a, b } = parameters;
  const { frequency: x, age } = history;
  const c = a + b + x - (model === 'bg-nbd' ? 1 : 0);
  const z = span / (alpha + age + span);
  const left = (a - 1) * Math.log1p(-z);
  const whole = a === 1 ? -Math.log1p(-z) : -Math.expm1(left) / (a - 1);
  const bracket = c * whole - Math.exp(left) * tail(c - r - x, a, c, z);
  return Math.max(0, bracket) * aliveProbability(parameters, history);
}

const mostTerms = 100_000;

/** c (F(d, a − 1; c; z) − 1) / (a − 1): the sum over j ≥ 1 of (d)ⱼ (a)ⱼ₋₁ zʲ / ((c + 1)ⱼ₋₁ j!). */
function tail(d: number, a: number, c: number, z: number): number {
  let term = d * z;
  let sum = term;
  for (let j = 1; j < mostTerms; j++) {
    term *= (((d + j) * (a + j - 1)) / ((c + j) * (j + 1))) * z;
    sum += term;
    if (Math.abs(term) <= 1e-16 * Math.abs(sum)) break;
  }
  return sum;
}
