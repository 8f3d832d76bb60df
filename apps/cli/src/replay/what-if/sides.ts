/** Two figures that are compared: under the definition that one compares with, and under the candidate. */
export type Pair = [against: number, candidate: number];

export const against = 0;
export const candidate = 1;
export type SideIndex = typeof against | typeof candidate;

export const pair = (): Pair => [0, 0];

export function addPair(sum: Pair, more: Readonly<Pair>): void {
  sum[0] += more[0];
  sum[1] += more[1];
}
