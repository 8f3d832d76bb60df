import type { Report } from './job.js';

const everyMs = 50;

/**
 * Passes on how far a work is, a few times a second. Awaited, it then lets messages, signals and whatever else waits have
 * their turn: a replay of an embedded log never waits for anything by itself.
 */
export function inTurns(tell: (share: number, events: number) => void): Report {
  let last = performance.now();
  return async (share, events) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    tell(share, events);
    await new Promise((resolve) => setImmediate(resolve));
  };
}
