interface Unit {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

/**
 * Runs `work` in a transaction, synced to disk before it returns and undone when `work` throws. Within another one it
 * is a part of that, undone alone.
 */
export type Transact = (work: () => void) => void;

/**
 * Commits together what was asked for in one turn of the event loop: one sync to disk for all. Each unit is all or
 * nothing; a unit that throws takes nothing with it, a failed commit rejects all.
 */
export class WriteQueue {
  private units: Unit[] = [];
  private broken: Error | undefined;

  constructor(
    private readonly transact: Transact,
    private readonly failure: (error: unknown) => Error,
  ) {}

  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const first = this.units.push({ work, resolve: resolve as (value: unknown) => void, reject }) === 1;
      if (first) setImmediate(() => this.commit());
    });
  }

  /** Resolves when nothing is waiting. */
  async drained(): Promise<void> {
    while (this.units.length > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  private commit(): void {
    const units = this.units;
    this.units = [];
    try {
      // LMDB may be unusable after a commit that failed half way, and its binding does not look.
      if (this.broken) throw this.broken;
      const outcomes = this.attemptAll(units);
      units.forEach((unit, at) => settle(unit, outcomes[at]));
    } catch (error) {
      this.broken ??= this.failure(error);
      for (const unit of units) unit.reject(this.broken);
    }
  }

  private attemptAll(units: readonly Unit[]): Outcome[] {
    // One alone needs no transaction within a transaction, which LMDB makes by copying pages.
    const [only, ...others] = units;
    if (only && others.length === 0) return [this.attempt(only.work)];
    const outcomes: Outcome[] = [];
    this.transact(() => {
      for (const { work } of units) outcomes.push(this.attempt(work));
    });
    return outcomes;
  }

  private attempt(work: () => unknown): Outcome {
    let value: unknown;
    let thrown = false;
    try {
      this.transact(() => {
        thrown = true;
        value = work();
        thrown = false;
      });
      return { value };
    } catch (error) {
      // What is not the work's own fault is the commit's.
      if (!thrown) throw error;
      const fromLmdb = error instanceof Error && 'code' in error && typeof error.code === 'number';
      return { error: fromLmdb ? this.failure(error) : error };
    }
  }
}

function settle(unit: Unit, outcome: Outcome | undefined): void {
  if (outcome && 'value' in outcome) unit.resolve(outcome.value);
  else unit.reject(outcome?.error);
}
