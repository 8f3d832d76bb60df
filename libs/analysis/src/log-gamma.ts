const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);
/** From here on the series is exact to 1e-15. */
const far = 10;

/**
 * ln Γ(x) for x > 0, to about 14 digits however large x is: Stirling's series (NIST DLMF 5.11.1) beyond 10, and the recurrence
 * Γ(x + 1) = x Γ(x) below.
 */
export function logGamma(x: number): number {
  let shift = 1;
  let at = x;
  while (at < far) shift *= at++;
  const over = 1 / (at * at);
  const series =
    (1 / 12 -
      over * (1 / 360 - over * (1 / 1260 - over * (1 / 1680 - over * (1 / 1188 - (over * 691) / 360360))))) /
    at;
  return (at - 0.5) * Math.log(at) - at + halfLogTwoPi + series - Math.log(shift);
}

/** ln B(a, b) for a, b > 0. */
export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln(eᵃ + eᵇ) without overflow. */
export function logAddExp(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a];
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high));
}
