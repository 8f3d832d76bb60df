import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#pipeline';
import type { Actions } from './actions.js';
import type { HeldActions } from './held-actions.js';

const pollMs = 500;
const afterTroubleMs = 5_000;

/** Takes up held actions when they are due, those of the partitions that are assigned here. */
export class HeldActionsLoop {
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #trouble: Error | undefined;

  constructor(
    private readonly held: HeldActions,
    private readonly actions: Actions,
    private readonly assigned: () => readonly number[],
    private readonly clock: Pick<Clock, 'now'>,
    private readonly changed: (trouble: Error | undefined) => void,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Finishes the action in hand. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Why held actions cannot be taken up at present. */
  get trouble(): Error | undefined {
    return this.#trouble;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const trouble = await this.#takeUp(signal).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      );
      if (trouble?.message !== this.#trouble?.message && !signal.aborted) this.changed(trouble);
      this.#trouble = trouble;
      await sleep(trouble ? afterTroubleMs : pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #takeUp(signal: AbortSignal): Promise<void> {
    for (const [actionId, entry] of await this.held.due(this.clock.now(), this.assigned())) {
      if (signal.aborted) return;
      await this.actions.resumed(actionId, entry, signal);
    }
  }
}
