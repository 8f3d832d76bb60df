import type { TaskStatus } from './task-status.js';

/** How often tasks are looked at, ms. */
export const LOOK_MS = 5_000;

/**
 * Tells tasks that ought to move and do not: with lag and no batch, or with no attempt begun or ended. Time is counted in
 * looks, so that a process that was suspended, or a clock that was set, makes nobody look stalled.
 */
export class Stalls {
  #last = new Map<number, { readonly signs: string; readonly looks: number }>();

  look(tasks: readonly TaskStatus[]): void {
    this.#last = new Map(
      tasks.map((task) => {
        const signs = `${task.batches}/${task.attempts}`;
        const before = this.#last.get(task.partition);
        const still = mustMove(task) && before?.signs === signs;
        return [task.partition, { signs, looks: still ? before.looks + 1 : 0 }];
      }),
    );
  }

  /** For how long this partition has not moved, ms; 0 where it need not. */
  of(partition: number): number {
    return (this.#last.get(partition)?.looks ?? 0) * LOOK_MS;
  }
}

/** One that stopped says why, and waits for a person. */
function mustMove({ state, lag }: TaskStatus): boolean {
  return state === 'running' ? lag > 0 : state !== 'stopped';
}
