import { LogError } from '#pipeline';
import type { Flow } from './flow.js';
import { innermost, passes, toLogError, type KafkaError } from './kafka-error.js';
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
      await this.#read(leader, flows);
    } catch (error) {
      await this.#recover(error);
    } finally {
      for (const each of [leader, ...flows]) this.#asked.delete(each);
      this.wake();
    }
  }

  async #read(leader: string, flows: readonly Flow[]): Promise<void> {
    try {
      const reads = await this.options.reader.read(leader, flows);
      this.#failingSince = undefined;
      for (const read of reads) this.#byPartition.get(keyOf(read))?.accept(read);
    } catch (error) {
      if (!isOfOnePartition(innermost(error))) throw error;
      const [flow] = flows;
      if (flow && flows.length === 1) return flow.interrupt(unreadable(flow, error));
      // One answer speaks for all partitions: which one is at fault shows when each is asked for alone.
      for (const each of flows) if (!this.#stopped) await this.#read(leader, [each]);
    }
  }

  async #recover(error: unknown): Promise<void> {
    if (this.#stopped) return;
    this.#failingSince ??= Date.now();
    if (!passes(error) || Date.now() - this.#failingSince > this.options.patience) {
      this.stop();
      this.options.onFailure(toLogError(error, 'fetching'));
      return;
    }
    // Where a topic was deleted, and which one is not said, all must look whether it is the same when it is back.
    const missing = new LogError('unreachable', 'Kafka: a topic of the group is missing', { cause: error });
    if (innermost(error).type === 'UNKNOWN_TOPIC_OR_PARTITION')
      for (const flow of this.options.flows) flow.interrupt(missing);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await this.options.reader.recover(error).catch(() => undefined);
  }
}

const keyOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic} ${partition}`;

/** What lies at a position cannot be read: it is outside of the log, or compressed or written in a way unknown here. */
const isOfOnePartition = ({ name, code }: KafkaError) =>
  ['KafkaJSOffsetOutOfRange', 'KafkaJSNotImplemented', 'RangeError'].includes(name) ||
  /^(Z|ZSTD)_/.test(String(code));

function unreadable({ topic, partition, position }: Flow, cause: unknown): LogError {
  const { name, message } = innermost(cause);
  const why =
    name === 'KafkaJSOffsetOutOfRange'
      ? 'is outside of the log: records were deleted before they were read, or the topic was made anew'
      : `cannot be read: ${message}`;
  return new LogError('storage', `the group's position in ${topic}[${partition}], ${position}, ${why}`, {
    cause,
  });
}
