import { setTimeout as sleep } from 'node:timers/promises';

export interface BackoffOptions {
  /** Longest wait before the first retry, ms; doubled by each further one. */
  readonly initialMs: number;
  readonly maxMs: number;
  /** Attempts after which the trouble is reported as more than passing. */
  readonly attempts: number;
}

export const defaultBackoff: BackoffOptions = { initialMs: 100, maxMs: 30_000, attempts: 6 };

/** Between half and all of `initialMs · 2^(attempt − 1)`, at most `maxMs`. `attempt` counts from 1, the failed ones. */
export function backoffMs(
  attempt: number,
  { initialMs, maxMs }: BackoffOptions,
  random = Math.random,
): number {
  const ceiling = Math.min(maxMs, initialMs * 2 ** Math.min(attempt - 1, 30));
  return ceiling * (0.5 + random() / 2);
}

/** Waits before the next attempt. False when `signal` ended the wait. */
export async function backOff(
  attempt: number,
  options: BackoffOptions,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  await sleep(backoffMs(attempt, options), undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

export const isRetriable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && (error as { retriable?: unknown }).retriable === true;
