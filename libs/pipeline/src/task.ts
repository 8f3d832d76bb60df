import { Attempt } from './attempt.js';
import { StoreError } from './customer-store.port.js';
import { LogError, type Fetched, type PartitionTask } from './event-log.port.js';
import { OvertakenByOwner } from './fold-batch.js';
import { PartitionStopped } from './reconcile.js';
import { StormGuard } from './storm-guard.js';
import type { TaskDeps } from './task-deps.js';
import { TaskInputs } from './task-inputs.js';
import type { TaskStatus } from './task-status.js';

const RECHECK_STOPPED_MS = 10_000;
const RECHECK_STORM_MS = 1_000;
const LONGEST_BACKOFF_MS = 5_000;

interface Acceptance {
  /** ms, by the clock of whoever accepted. */
  readonly at: number | undefined;
}

/**
 * One owner's work on one partition index over all input topics, for as long as the group assigns it here. An
 * indefinite error ends an attempt, not the ownership.
 */
export class Task implements PartitionTask {
  readonly #inputs: TaskInputs;
  readonly #storm: StormGuard;
  readonly #running: Promise<void>;
  #closed = false;
  #attempt: Attempt | undefined;
  #status: Omit<TaskStatus, 'lag' | 'watermark' | 'quiet'>;

  constructor(private readonly deps: TaskDeps) {
    this.#inputs = new TaskInputs(deps);
    this.#storm = new StormGuard(deps.partition);
    this.#status = {
      partition: deps.partition,
      state: 'starting',
      batches: 0,
      attempts: 0,
      progressAt: deps.clock.now(),
    };
    this.#running = this.#run();
  }

  get status(): TaskStatus {
    const { lag, reached: watermark } = this.#inputs;
    const quiet = lag === 0 && this.#attempt?.quiet === true;
    return { ...this.#status, quiet, lag, watermark };
  }

  push(fetched: Fetched): Promise<void> {
    return this.#inputs.push(fetched);
  }

  interrupt(error: LogError): void {
    this.#inputs.interrupt(error);
  }

  /** Whoever backfilled says that all of it is in the log: silent customers' timers need not wait. */
  settle(): void {
    this.#inputs.watermark.settle(this.deps.clock.now());
    this.#inputs.arrival.signal();
  }

  async stop(): Promise<void> {
    this.#closed = true;
    this.#inputs.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed;) {
      try {
        this.#status = { ...this.#status, attempts: this.#status.attempts + 1 };
        const attempt = await Attempt.begin(this.deps, this.#inputs, this.#storm);
        this.#attempt = attempt;
        this.#set('running');
        while (!this.#closed) {
          if (!(await attempt.step())) continue;
          failures = 0;
          this.#status = {
            ...this.#status,
            batches: this.#status.batches + 1,
            progressAt: this.deps.clock.now(),
          };
        }
      } catch (error) {
        if (!this.#closed) await this.#recover(error, ++failures);
      } finally {
        await this.#attempt?.close().catch(() => undefined);
        this.#attempt = undefined;
      }
    }
  }

  async #recover(error: unknown, failures: number): Promise<void> {
    const { random, observe, onFatal, partition } = this.deps;
    const stopped = stopOf(error, partition);
    if (stopped) {
      const storm = stopped.reason === 'storm';
      // What was accepted before anybody could hear of this storm does not count.
      const before = storm ? await this.#acceptance() : undefined;
      this.#set('stopped', stopped.message);
      observe({ kind: 'stopped', partition, reason: stopped.message });
      return storm ? this.#untilAccepted(before) : this.#pause(RECHECK_STOPPED_MS);
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (!retriable(error)) {
      this.#closed = true;
      this.#set('stopped', reason);
      this.#inputs.close();
      return onFatal(error instanceof Error ? error : new Error(reason));
    }
    this.#set('retrying', reason);
    observe({ kind: 'retry', partition, reason, failures });
    await this.#pause(Math.min(LONGEST_BACKOFF_MS, 25 * 2 ** Math.min(failures, 10)) * (0.5 + random()));
  }

  /** A storm waits for a person to accept it. That shows by a change: the person's clock may be another machine's. */
  async #untilAccepted(before: Acceptance | undefined): Promise<void> {
    for (let known = before; !this.#closed;) {
      await this.#pause(RECHECK_STORM_MS);
      const found = await this.#acceptance();
      if (known && found && found.at !== known.at) return this.#storm.accept(this.#inputs.ends);
      known ??= found;
    }
  }

  /** When a person last accepted a storm of this partition; undefined while the store cannot say. */
  async #acceptance(): Promise<Acceptance | undefined> {
    const { store, group, partition } = this.deps;
    const accepted = store.records<Acceptance>('storms.accepted');
    return accepted.get(`${group}/${partition}`).then(
      (found) => ({ at: found?.at }),
      () => undefined,
    );
  }

  async #pause(ms: number): Promise<void> {
    let over = false;
    // An alarm and not the time of day, which may be set back meanwhile.
    const cancel = this.deps.clock.after(ms, () => {
      over = true;
      this.#inputs.arrival.signal();
    });
    while (!over && !this.#closed) await this.#inputs.arrival.wait(ms);
    cancel();
  }

  #set(state: TaskStatus['state'], reason?: string): void {
    const { batches, attempts, progressAt, partition } = this.#status;
    this.#status = {
      partition,
      state,
      batches,
      attempts,
      progressAt,
      ...(reason === undefined ? {} : { reason }),
    };
  }
}

function stopOf(error: unknown, partition: number): PartitionStopped | undefined {
  if (error instanceof PartitionStopped) return error;
  if (!(error instanceof LogError)) return undefined;
  if (error.code === 'unknownTopic')
    return new PartitionStopped(
      partition,
      'expired',
      `partition ${partition}: ${error.message}. Create it with \`perennial topics create\`, or restore it.`,
    );
  return error.code === 'rejected'
    ? new PartitionStopped(
        partition,
        'rejected',
        `partition ${partition}: the log refuses the batch: ${error.message}`,
      )
    : undefined;
}

function retriable(error: unknown): boolean {
  if (error instanceof OvertakenByOwner) return true;
  if (error instanceof LogError) return error.retriable || error.code === 'fenced';
  return error instanceof StoreError && error.retriable;
}
