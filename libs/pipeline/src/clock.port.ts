/** The wall clock, in ms since the epoch. The only place where time comes from. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
