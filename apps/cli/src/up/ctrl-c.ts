/** One Ctrl-C arrives more than once: from the terminal, and again from npm, which passes it on to its script. */
const sameSignalMs = 500;

export interface Interruption {
  /** Aborts at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly requested: Promise<void>;
}

/** Waits for SIGINT or SIGTERM; `again` is called at a second one. */
export function interruption(again: () => void, now: () => number): Interruption {
  const controller = new AbortController();
  let first: number | undefined;
  const requested = new Promise<void>((resolve) => {
    const onSignal = () => {
      if (first === undefined) {
        first = now();
        controller.abort();
        resolve();
      } else if (now() - first > sameSignalMs) again();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  return { signal: controller.signal, requested };
}
