import type { Estimate } from './bootstrap.js';

/** What became of one customer within the time looked at. */
export interface Outcome {
  readonly returned: boolean;
  readonly spend: number;
}

export interface Group {
  readonly customers: number;
  /** Share (0 to 1) who bought. */
  readonly repeatRate: number;
  /** Mean of a customer. */
  readonly spend: number;
}

/** `cannotTellYet`: fewer customers than it takes to see the difference asked for four times in five. */
export type Verdict = 'retains' | 'loses' | 'noEffectShown' | 'cannotTellYet';

export interface Effect {
  readonly treated: Group;
  readonly control: Group;
  /** Treated less control, with the bounds of a 95 % interval. */
  readonly repeatRate: Estimate;
  readonly spend: Estimate;
  /** Customers of either group that it takes. */
  readonly needed: { readonly treated: number; readonly control: number };
  readonly verdict: Verdict;
}

/** What a treatment given by lot does. `detect`: the difference of repeat rates (0 to 1) that must not be missed. */
export function effectOf(
  treated: readonly Outcome[],
  control: readonly Outcome[],
  { detect }: { readonly detect: number },
): Effect {
  const groups = { treated: groupOf(treated), control: groupOf(control) };
  const needed = sizesNeeded(groups, detect);
  const repeatRate = differenceOfShares(groups.treated, groups.control);
  const enough = treated.length >= needed.treated && control.length >= needed.control;
  return {
    ...groups,
    repeatRate,
    spend: differenceOfMeans(spendsOf(treated), spendsOf(control)),
    needed,
    verdict: enough ? verdictOf(repeatRate) : 'cannotTellYet',
  };
}

const verdictOf = ({ low, high }: Estimate): Verdict =>
  low > 0 ? 'retains' : high < 0 ? 'loses' : 'noEffectShown';

const spendsOf = (outcomes: readonly Outcome[]) => outcomes.map(({ spend }) => spend);
const mean = (values: readonly number[]) => values.reduce((sum, it) => sum + it, 0) / (values.length || 1);

const groupOf = (outcomes: readonly Outcome[]): Group => ({
  customers: outcomes.length,
  repeatRate: mean(outcomes.map(({ returned }) => (returned ? 1 : 0))),
  spend: mean(spendsOf(outcomes)),
});

/** Of the standard normal distribution: 97.5 % and 80 % lie below. */
const [z, zPower] = [1.959964, 0.841621];

/**
 * Newcombe's hybrid score interval of a difference of two shares (Statistics in Medicine 17 (1998), method 10): it keeps its word
 * for small groups and shares near 0 or 1.
 */
export function differenceOfShares(treated: Group, control: Group): Estimate {
  const [a, b] = [wilson(treated), wilson(control)];
  const value = treated.repeatRate - control.repeatRate;
  return {
    value,
    low: value - Math.hypot(treated.repeatRate - a.low, b.high - control.repeatRate),
    high: value + Math.hypot(a.high - treated.repeatRate, control.repeatRate - b.low),
  };
}

/** Wilson's score interval of a share; all of it where there is nobody. */
function wilson({ customers: n, repeatRate: p }: Group): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const middle = p + z ** 2 / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const whole = 1 + z ** 2 / n;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

/** Welch's interval of a difference of two means: the groups may vary differently. Open below two in a group. */
function differenceOfMeans(treated: readonly number[], control: readonly number[]): Estimate {
  const value = mean(treated) - mean(control);
  const [n, m] = [treated.length, control.length];
  if (n < 2 || m < 2) return { value, low: -Infinity, high: Infinity };
  const [a, b] = [variance(treated) / n, variance(control) / m];
  const freedom = a + b === 0 ? Infinity : (a + b) ** 2 / (a ** 2 / (n - 1) + b ** 2 / (m - 1));
  const reach = studentQuantile(freedom) * Math.sqrt(a + b);
  return { value, low: value - reach, high: value + reach };
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, it) => sum + (it - middle) ** 2, 0) / (values.length - 1);
}

/** The 97.5 % point of Student's distribution: Abramowitz and Stegun 26.7.5. */
const studentQuantile = (freedom: number): number =>
  z +
  (z ** 3 + z) / (4 * freedom) +
  (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
  (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);

/** For groups in the proportion found; equal where one is empty (Fleiss, Statistical Methods for Rates and Proportions, 4). */
function sizesNeeded(
  { treated, control }: { readonly treated: Group; readonly control: Group },
  detect: number,
): Effect['needed'] {
  const ratio = treated.customers > 0 && control.customers > 0 ? treated.customers / control.customers : 1;
  // Drawn a little to the middle: nobody knows from ten customers that none ever returns.
  const base = (control.repeatRate * control.customers + 1) / (control.customers + 2);
  const other = base + detect <= 1 ? base + detect : base - detect;
  const spread = (other * (1 - other)) / ratio + base * (1 - base);
  const size = ((z + zPower) ** 2 * spread) / detect ** 2;
  return { treated: Math.ceil(size * ratio), control: Math.ceil(size) };
}
