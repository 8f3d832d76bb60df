import { encodeEvent, inboxTopic, structuredHeaders, topicName } from '#contracts';
import type { CustomerStore } from '../customer-store.port.js';
import type { EventLog, OutboundRecord } from '../event-log.port.js';
import { changeControls } from './control-record.js';
import {
  atStart,
  cursorKey,
  cursorsOf,
  fanOutProgress,
  jobsOf,
  lotOf,
  type Cursor,
  type FanOutJob,
} from './fan-out-job.js';

/** Customers that one turn passes at most. */
export const pageSize = 1_000;

interface FanOutDeps {
  readonly log: EventLog;
  readonly store: CustomerStore;
  readonly partition: number;
  readonly partitions: number;
  readonly prefix: string;
}

/**
 * One partition's part in the jobs under way: page by page, an event to each customer, at least once. What comes twice
 * has the same identity and is dropped by the customer.
 */
export class FanOut {
  readonly #jobs = new Map<string, FanOutJob>();
  readonly #done = new Set<string>();

  constructor(private readonly deps: FanOutDeps) {}

  /**
   * One page of the oldest job that is not done here. False when none is left; then what is done everywhere is closed. `active` is the hash of the definition in
   * force: what announces another one is out of date.
   */
  async turn(underWay: readonly string[], active: string, now: number): Promise<boolean> {
    for (const id of underWay) {
      if (this.#done.has(id)) continue;
      const job = await this.#job(id);
      if (!job) continue;
      const cursor = (await cursorsOf(this.deps.store).get(this.#key(id))) ?? atStart;
      if (cursor.done) this.#done.add(id);
      else {
        await this.#page(job, cursor, active, now);
        return true;
      }
    }
    await this.#close(underWay);
    return false;
  }

  /** Takes off the list what every partition has done. One partition does that for all. */
  async #close(underWay: readonly string[]): Promise<void> {
    const { store, partition, partitions } = this.deps;
    if (partition !== 0) return;
    for (const id of underWay)
      if (this.#done.has(id) && (await fanOutProgress(store, id, partitions)).done)
        await changeControls(store, (known) => ({
          ...known,
          fanOuts: known.fanOuts.filter((other) => other !== id),
        }));
  }

  async #page(job: FanOutJob, cursor: Cursor, active: string, now: number): Promise<void> {
    if (isOver(job, active, now)) return this.#move(job.id, { ...cursor, done: true });
    const { log, store, partition } = this.deps;
    const customers = await store.customers(partition, cursor.after, pageSize);
    const { lotBelow = 1 } = job;
    const chosen = customers.filter((customer) => lotBelow >= 1 || lotOf(job.id, customer) < lotBelow);
    if (chosen.length > 0) await log.publish(chosen.map((customer) => this.#record(job, customer, now)));
    const after = customers.at(-1) ?? cursor.after;
    await this.#move(job.id, {
      ...(after !== undefined && { after }),
      passed: cursor.passed + customers.length,
      sent: cursor.sent + chosen.length,
      done: customers.length < pageSize,
    });
  }

  /** Never back: an earlier owner who did not know it yet may write late. */
  async #move(job: string, to: Cursor): Promise<void> {
    await cursorsOf(this.deps.store).update(this.#key(job), (known = atStart) =>
      known.done || known.passed > to.passed ? known : to,
    );
  }

  /** Its time is now: it is news, and nothing of long ago. */
  #record({ id, type, data }: FanOutJob, customer: string, now: number): OutboundRecord {
    const { partition, prefix } = this.deps;
    return {
      topic: topicName(prefix, inboxTopic),
      partition,
      key: customer,
      value: encodeEvent({
        specversion: '1.0',
        id: `${id}/${customer}`,
        source: '/perennial/fan-outs',
        type,
        subject: customer,
        time: new Date(now).toISOString(),
        data,
      }),
      headers: structuredHeaders,
    };
  }

  async #job(id: string): Promise<FanOutJob | undefined> {
    const job = this.#jobs.get(id) ?? (await jobsOf(this.deps.store).get(id));
    if (job) this.#jobs.set(id, job);
    return job;
  }

  #key(job: string): string {
    return cursorKey(job, this.deps.partition);
  }
}

const isOver = ({ type, data, until }: FanOutJob, active: string, now: number): boolean =>
  (until !== undefined && until <= now) || (type === 'definition.activated.v1' && data.hash !== active);
