import { hashId, type DataOf } from '#contracts';
import type { CustomerStore, RecordMap } from '../customer-store.port.js';

interface Job<Type extends 'announcement.published.v1' | 'definition.activated.v1'> {
  readonly id: string;
  /** Of the event that every customer gets. */
  readonly type: Type;
  readonly data: DataOf<Type>;
  readonly by: string;
  /** When it was asked for, ms. */
  readonly at: number;
  /** Nobody gets it from then on, ms. */
  readonly until?: number;
  /** Only customers whose lot lies below; all where absent. */
  readonly lotBelow?: number;
}

/** Something that is said once, and that every known customer gets as an event of their own. */
export type FanOutJob = Job<'announcement.published.v1'> | Job<'definition.activated.v1'>;

/** How far one partition has come with a job. */
export interface Cursor {
  /** The last customer passed. */
  readonly after?: string;
  readonly passed: number;
  readonly sent: number;
  readonly done: boolean;
}

export const atStart: Cursor = { passed: 0, sent: 0, done: false };

export const jobsOf = (store: CustomerStore): RecordMap<FanOutJob> => store.records('fan-outs');
export const cursorsOf = (store: CustomerStore): RecordMap<Cursor> => store.records('fan-outs.cursors');
export const cursorKey = (job: string, partition: number): string => `${job}/${partition}`;

/** Keeps a job; it is under way once the controls name it. */
export const keepFanOut = (store: CustomerStore, job: FanOutJob): Promise<void> =>
  jobsOf(store).put(job.id, job);

/** A number in [0, 1) that is always the same for this customer and this job. */
export const lotOf = (job: string, customer: string): number =>
  parseInt(hashId('fan-out', job, customer).slice(0, 12), 16) / 2 ** 48;

/** How far all partitions together have come: customers passed, and those of them who were told. */
export interface FanOutProgress {
  readonly passed: number;
  readonly sent: number;
  readonly done: boolean;
}

export async function fanOutProgress(
  store: CustomerStore,
  job: string,
  partitions: number,
): Promise<FanOutProgress> {
  const cursors = await Promise.all(
    Array.from({ length: partitions }, (_, partition) => cursorsOf(store).get(cursorKey(job, partition))),
  );
  return {
    passed: cursors.reduce((sum, cursor) => sum + (cursor?.passed ?? 0), 0),
    sent: cursors.reduce((sum, cursor) => sum + (cursor?.sent ?? 0), 0),
    done: cursors.every((cursor) => cursor?.done === true),
  };
}
