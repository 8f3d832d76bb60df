import { LogError } from '#pipeline';
import type { Flow } from './flow.js';
import { innermost, passes, toLogError } from './kafka-error.js';
import type { PartitionReader } from './partition-reader.js';
import { Signal } from './signal.js';

export interface FetchLoopOptions {
  readonly reader: PartitionReader;
  readonly flows: readonly Flow[];
  /** How long, in ms, requests may fail before `onFailure`. */
  readonly patience: number;
  readonly onFailure: (error: LogError) => void;
}

/** Keeps the flows filled: one request at a time per broker, for those of its partitions that want more. */
export class FetchLoop {
  readonly #changed = new Signal();
  readonly #byPartition: ReadonlyMap<string, Flow>;
  /** Brokers, and flows (a partition may move to another broker while its old one is asked). */
  readonly #asked = new Set<string | Flow>();
  #failingSince: number | undefined;
  #stopped = false;

  constructor(private readonly options: FetchLoopOptions) {
    this.#byPartition = new Map(options.flows.map((flow) => [keyOf(flow), flow]));
  }

  start(): void {
    void this.#run();
  }

  /** A flow has room again. */
  wake(): void {
    this.#changed.raise();
  }

  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        for (const [leader, flows] of this.#hungry()) void this.#fetch(leader, flows);
      } catch (error) {
        await this.#recover(error);
        continue;
      }
      await this.#changed.next();
    }
  }

  #hungry(): ReadonlyMap<string, readonly Flow[]> {
    const byLeader = new Map<string, Flow[]>();
    for (const flow of this.options.flows) {
      if (!flow.wantsMore || this.#asked.has(flow)) continue;
      const leader = this.options.reader.leaderOf(flow.topic, flow.partition);
      if (this.#asked.has(leader)) continue;
      const flows = byLeader.get(leader);
      if (flows) flows.push(flow);
      else byLeader.set(leader, [flow]);
    }
    return byLeader;
  }

  async #fetch(leader: string, flows: readonly Flow[]): Promise<void> {
    for (const each of [leader, ...flows]) this.#asked.add(each);
    try {
      const reads = await this.options.reader.read(leader, flows);
      this.#failingSince = undefined;
      for (const read of reads) this.#byPartition.get(keyOf(read))?.accept(read);
    } catch (error) {
      await this.#recover(error);
    } finally {
      for (const each of [leader, ...flows]) this.#asked.delete(each);
      this.wake();
    }
  }

  async #recover(error: unknown): Promise<void> {
    if (this.#stopped) return;
    this.#failingSince ??= Date.now();
    if (!passes(error) || Date.now() - this.#failingSince > this.options.patience) {
      this.stop();
      this.options.onFailure(fetchError(error));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    await this.options.reader.recover(error).catch(() => undefined);
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic} ${partition}`;

function fetchError(error: unknown): LogError {
  const cause = innermost(error) as { name: string; topic?: string; partition?: number };
  if (cause.name !== 'KafkaJSOffsetOutOfRange') return toLogError(error, 'fetching');
  return new LogError(
    'storage',
    `the group's position in ${cause.topic}[${cause.partition}] is outside of the log: ` +
      `records were deleted before they were read, or the topic was made anew`,
    { cause: error },
  );
}
