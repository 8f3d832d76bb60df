import type { Handled } from './handle-record.js';

export interface Counts {
  handled: number;
  skipped: number;
  deadLettered: number;
  retries: number;
}

/** Work that fails and is repeated: since which attempt it is more than passing, and why. */
export interface Trouble {
  readonly partition: number;
  /** What is being repeated: `topic/partition at offset`, or the partition's commit. */
  readonly what: string;
  readonly attempts: number;
  readonly error: unknown;
}

/** Counts what a subscription did, and knows which of its work is in trouble. */
export class Progress {
  readonly counts: Counts = { handled: 0, skipped: 0, deadLettered: 0, retries: 0 };
  readonly #troubles = new Map<string, Trouble>();

  constructor(
    /** Attempts from which on a repeated failure is a trouble. */
    readonly bound: number,
    /** Called when a trouble begins or grows, and (with `healthy`) when the last one ends. */
    readonly changed: (state: Trouble | 'healthy') => void,
  ) {}

  count(kind: Exclude<Handled['kind'], 'abandoned'>): void {
    this.counts[kind]++;
  }

  /** An attempt failed and will be repeated, or (without error) the repeated work succeeded. */
  retrying(partition: number, what: string, attempts: number, error?: unknown): void {
    if (error === undefined) return this.#end([what]);
    this.counts.retries++;
    if (attempts < this.bound) return;
    const trouble = { partition, what, attempts, error };
    this.#troubles.set(what, trouble);
    this.changed(trouble);
  }

  /** The partition is no longer ours, and so are its troubles. */
  forget(partition: number): void {
    this.#end([...this.#troubles.values()].filter((t) => t.partition === partition).map((t) => t.what));
  }

  get troubles(): readonly Trouble[] {
    return [...this.#troubles.values()];
  }

  #end(whats: readonly string[]): void {
    const ended = whats.filter((what) => this.#troubles.delete(what));
    if (ended.length > 0 && this.#troubles.size === 0) this.changed('healthy');
  }
}
