import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, LogRecord } from '#pipeline';

const pollMs = 20;
const patienceMs = 30_000;

/**
 * An action may overtake the profile update or erasure that was published before it, since they stand on different
 * topics. So it waits until what its partition held of those topics when it arrived has been handled.
 */
export class BookIsCurrent {
  constructor(
    private readonly log: Pick<EventLog, 'range'>,
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
    const position = () => Math.max(start, this.position(topic, partition) ?? 0);
    const began = performance.now();
    while (position() < end) {
      if (performance.now() - began > patienceMs)
        throw behind(`profile updates of ${topic}/${partition} are known up to ${position()} of ${end}`);
      await sleep(pollMs, undefined, { signal }).catch((cause: unknown) => {
        throw behind('stopped while waiting for profile updates', cause);
      });
    }
  }
}

const behind = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { retriable: true });
