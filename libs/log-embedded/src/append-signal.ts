const pollMs = 50;

/** Names a topic partition. */
export const placeOf = (topicId: number, partition: number): string => `${topicId}/${partition}`;

interface Waiter {
  readonly place: string;
  readonly ready: () => boolean;
  readonly wake: () => void;
}

/**
 * Lets readers wait for more records. Appends of this process wake them at once; those of other processes, which
 * nothing announces, are found by asking every 50 ms.
 */
export class AppendSignal {
  private readonly waiters = new Set<Waiter>();
  private timer: NodeJS.Timeout | undefined;

  /** Resolves when `ready` holds or the signal is aborted; rejects with what `ready` throws. */
  async wait(place: string, ready: () => boolean, signal: AbortSignal): Promise<void> {
    if (signal.aborted || ready()) return;
    await new Promise<void>((resolve, reject) => {
      const done = (): void => {
        this.waiters.delete(waiter);
        signal.removeEventListener('abort', done);
        if (this.waiters.size === 0) this.rest();
        resolve();
      };
      const attempt = (): boolean => {
        try {
          return ready();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return true;
        }
      };
      const waiter: Waiter = { place, ready: attempt, wake: done };
      this.waiters.add(waiter);
      signal.addEventListener('abort', done);
      this.timer ??= setInterval(() => this.wakeReady(() => true), pollMs);
    });
  }

  /** Something was appended at these places. */
  announce(appended: readonly { readonly place: string }[]): void {
    this.wakeReady(({ place }) => appended.some((each) => each.place === place));
  }

  private wakeReady(concerns: (waiter: Waiter) => boolean): void {
    for (const waiter of [...this.waiters]) if (concerns(waiter) && waiter.ready()) waiter.wake();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
