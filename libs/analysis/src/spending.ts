import { logGamma } from './log-gamma.js';

/**
 * A population's spending: the value of one purchase is gamma distributed around the customer's own mean, those means inversely.
 * Gamma-Gamma: Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013).
 */
export interface SpendingParameters {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

/** How many purchases, and their mean value (above 0). */
export interface Spending {
  readonly purchases: number;
  readonly mean: number;
}

/** ln L of one customer's mean value: eq. 1a of the note. */
export function logLikelihoodOfSpending(
  { p, q, gamma }: SpendingParameters,
  { purchases: x, mean }: Spending,
): number {
  const px = p * x;
  return (
    logGamma(px + q) -
    logGamma(px) -
    logGamma(q) +
    q * Math.log(gamma) +
    (px - 1) * Math.log(mean) +
    px * Math.log(x) -
    (px + q) * Math.log(gamma + mean * x)
  );
}

/** Expected value of the customer's next purchase: eq. 5 of the note. Needs p x + q > 1. */
export function expectedSpend({ p, q, gamma }: SpendingParameters, { purchases, mean }: Spending): number {
  return (p * (gamma + purchases * mean)) / (p * purchases + q - 1);
}
