import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, LogRecord } from '#pipeline';

const pollMs = 20;
/** Without movement for so long, the rest of the topic may hold no records at all, only a transaction's marks. */
const standstillMs = 1_000;
const patienceMs = 30_000;

/**
 * An action may overtake the profile update or erasure that was published before it, since they stand on different
 * topics. So it waits until what its partition held of those topics when it arrived has been handled.
 */
export class BookIsCurrent {
  constructor(
    private readonly log: Pick<EventLog, 'range' | 'read'>,
    /** Topics with profile updates. */
    private readonly topics: readonly string[],
    /** The next offset to handle; undefined where the partition is not ours. */
    private readonly position: (topic: string, partition: number) => number | undefined,
  ) {}

  /** @throws retriable Error when it takes too long, or when `signal` ends the wait. */
  async for(
    { topic, partition }: Pick<LogRecord, 'topic' | 'partition'>,
    signal: AbortSignal,
  ): Promise<void> {
    const others = this.topics.filter((other) => other !== topic);
    await Promise.all(others.map((other) => this.#reaches(other, partition, signal)));
  }

  async #reaches(topic: string, partition: number, signal: AbortSignal): Promise<void> {
    const { start = 0, end = 0 } = (await this.log.range(topic))[partition] ?? {};
    const began = performance.now();
    let seen = -1;
    let movedAt = began;
    for (;;) {
      const position = Math.max(start, this.position(topic, partition) ?? 0);
      if (position >= end) return;
      const now = performance.now();
      if (position !== seen) [seen, movedAt] = [position, now];
      else if (now - movedAt > standstillMs) {
        if (!(await this.#holdsRecords(topic, partition, position, end))) return;
        movedAt = now;
      }
      if (now - began > patienceMs) throw behind(`${topic}/${partition} is read up to ${position} of ${end}`);
      await sleep(pollMs, undefined, { signal }).catch(() => {
        throw behind('stopped while waiting for profile updates');
      });
    }
  }

  async #holdsRecords(topic: string, partition: number, from: number, to: number): Promise<boolean> {
    for await (const records of this.log.read(topic, partition, from, to))
      if (records.length > 0) return true;
    return false;
  }
}

const behind = (message: string): Error => Object.assign(new Error(message), { retriable: true });
