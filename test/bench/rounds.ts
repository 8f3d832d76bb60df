/** Events per second of processor time in all threads of the process, over all rounds: what one core does. */
export interface Rate {
  readonly median: number;
  readonly slowest: number;
  readonly fastest: number;
}

/**
 * Does each work once a round, in turns, so that whatever else the machine does falls on all alike. Every work handles
 * `events` events. Two rounds go before, unmeasured. `said` hears of each round.
 */
export function inTurns<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  { rounds, events, said }: { rounds: number; events: number; said: (round: number) => void },
): Readonly<Record<Name, Rate>> {
  const names = Object.keys(works) as Name[];
  const rates = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -1; round <= rounds; round++) {
    said(round);
    for (const name of names) {
      const begun = process.cpuUsage();
      works[name]();
      const { user, system } = process.cpuUsage(begun);
      if (round > 0) rates.get(name)?.push((events / (user + system)) * 1_000_000);
    }
  }
  return Object.fromEntries([...rates].map(([name, measured]) => [name, rateOf(measured)])) as Record<
    Name,
    Rate
  >;
}

function rateOf(measured: readonly number[]): Rate {
  const sorted = [...measured].sort((a, b) => a - b);
  const [slowest = 0, fastest = 0] = [sorted[0], sorted.at(-1)];
  return { median: quantile(sorted, 0.5), slowest, fastest };
}

/** Of ascending numbers, the least that so great a share of them does not pass. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
