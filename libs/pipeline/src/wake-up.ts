import type { Clock } from './clock.port.js';

/** A condition that one loop waits for and others signal. A signal between two waits is not lost. */
export class WakeUp {
  #signalled = false;
  #resolve: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  signal(): void {
    this.#signalled = true;
    this.#resolve?.();
  }

  /** Resolves at the next signal, or after `ms`. */
  async wait(ms: number): Promise<void> {
    if (!this.#signalled) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(ms, resolve);
        this.#resolve = () => {
          cancel();
          resolve();
        };
      });
      this.#resolve = undefined;
    }
    this.#signalled = false;
  }
}
