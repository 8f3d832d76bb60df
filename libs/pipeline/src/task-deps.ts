import type { Lifecycle } from '#lifecycle';
import type { Clock } from './clock.port.js';
import type { Controls } from './controls/controls.js';
import type { AtomicCommit, CustomerStore } from './customer-store.port.js';
import type { EventLog } from './event-log.port.js';
import type { TaskEvent } from './task-status.js';
import type { Turns } from './turns.js';

export interface TaskLimits {
  /** Records that a batch takes at most. */
  readonly maxRecords: number;
  /** Records that a topic buffers before its reader waits. */
  readonly bufferedRecords: number;
  /** Bytes that one batch publishes at most; a larger one is cut in halves. */
  readonly maxBytes: number;
  /** Bytes of outputs that one customer's document holds at most: MongoDB takes 16 MB, the state included. Else as above. */
  readonly maxOutboxBytes: number;
  /** How long after the beginning of a batch few records wait for more, ms. */
  readonly commitIntervalMs: number;
  /** How long a topic with lag and an empty buffer is waited for, ms. */
  readonly alignmentWaitMs: number;
  /** How long after the last arrival of an old event a backfill counts as going on, ms. */
  readonly backfillGraceMs: number;
  /** Documents that one task keeps in memory. */
  readonly cachedCustomers: number;
  /** Records that all tasks of an engine fold and commit at the same time. */
  readonly recordsUnderWay: number;
}

export const defaultLimits: TaskLimits = {
  maxRecords: 4_000,
  bufferedRecords: 2_000,
  maxBytes: 32 << 20,
  maxOutboxBytes: 4 << 20,
  commitIntervalMs: 0,
  alignmentWaitMs: 30_000,
  backfillGraceMs: 15_000,
  cachedCustomers: 5_000,
  recordsUnderWay: 8_000,
};

export interface TaskDeps {
  readonly log: EventLog;
  readonly store: CustomerStore;
  /** Present where log and store share one database. */
  readonly atomic?: AtomicCommit | undefined;
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  readonly group: string;
  readonly partition: number;
  readonly partitions: number;
  /** Input topics by their full names, in folding order. */
  readonly topics: readonly string[];
  readonly prefix: string;
  /** What operators have set: the definition in force, and the brakes. */
  readonly controls: Pick<Controls, 'current' | 'refresh'>;
  /** The lifecycle of a batch in doubt that was begun under another definition. */
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
  readonly limits: TaskLimits;
  /** Shared by all tasks of an engine. */
  readonly turns: Turns;
  readonly observe: (event: TaskEvent) => void;
  /** An error that no retry can help: the process should end. */
  readonly onFatal: (error: Error) => void;
}
