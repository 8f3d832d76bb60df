import type { Kafka } from 'kafkajs';
import type { JoinOptions, Membership } from '#pipeline';
import { commonCount, coPartition } from './co-partition.js';
import { within } from './deadline.js';
import { Generation } from './generation.js';
import { GroupConsumer } from './group-consumer.js';
import { passes, toLogError } from './kafka-error.js';
import { PartitionReader } from './partition-reader.js';
import { persistently } from './read-range.js';
import type { KafkaTiming } from './settings.js';
import type { Topics } from './topics.js';

export interface MembershipOptions {
  readonly kafka: Kafka;
  readonly topics: Topics;
  readonly timing: KafkaTiming;
  readonly join: JoinOptions;
}

/**
 * A place in a consumer group. kafkajs' consumer does the group's protocol only, and a generation of our own reads the
 * partitions.
 *
 * Start: reader, consumer, first generation. Each rebalance: the generation ends as soon as it is announced, the next
 * begins when its tasks have stopped. Stop: tasks, then the consumer leaves, then the reader's connections.
 */
export async function joinGroup(options: MembershipOptions): Promise<Membership> {
  const { kafka, topics, join } = options;
  const counts = await topics.counts(join.topics);
  const partitions = commonCount(join.topics.map((topic) => [topic, counts.get(topic) ?? 0]));
  const reader = await PartitionReader.connect(kafka);
  const member = new GroupMember(options, reader, partitions);
  try {
    await persistently(reader, 'joining', () => reader.know(join.topics));
    await member.join();
    return member;
  } catch (error) {
    await member.leave();
    throw toLogError(error, `joining group ${join.group}`);
  }
}

class GroupMember implements Membership {
  readonly #consumer: GroupConsumer;
  #generation: Generation | undefined;
  #state: 'joining' | 'joined' | 'leaving' = 'joining';
  #joined = Promise.withResolvers<void>();
  #left: Promise<void> | undefined;

  constructor(
    private readonly options: MembershipOptions,
    private readonly reader: PartitionReader,
    partitions: number,
  ) {
    const { kafka, timing, join } = options;
    this.#consumer = new GroupConsumer({
      ...{ kafka, timing, reader, group: join.group, topics: join.topics },
      assigner: coPartition(() => this.#generation?.partitions ?? [], partitions),
      joined: (assigned) => this.#begin(assigned),
      interrupted: () => void this.#generation?.end(),
      failed: (error) => this.#fail(error),
    });
  }

  assigned(): readonly number[] {
    return this.#generation?.open ?? [];
  }

  settled(): boolean {
    return this.#state === 'joined' && this.#consumer.heard && this.#generation?.begun === true;
  }

  /** Resolves when the first generation has begun. */
  async join(): Promise<void> {
    await Promise.all([this.#consumer.start(), this.#joined.promise]);
    this.#state = 'joined';
  }

  leave(): Promise<void> {
    return (this.#left ??= this.#leave());
  }

  async #leave(): Promise<void> {
    this.#state = 'leaving';
    await this.#generation?.end();
    this.#generation = undefined;
    await this.#consumer.stop();
    await this.reader.close().catch(() => undefined);
  }

  #begin(partitions: readonly number[]): void {
    const previous = this.#generation?.end();
    if (this.#state === 'leaving') return;
    const generation = new Generation(partitions, {
      ...this.options,
      reader: this.reader,
      patience: this.options.timing.patience,
      onFailure: (error) => generation === this.#generation && this.#fail(error),
    });
    this.#generation = generation;
    void this.#open(generation, previous);
  }

  async #open(generation: Generation, previous: Promise<void> | undefined): Promise<void> {
    const { patience } = this.options.timing;
    const since = Date.now();
    // A task that never stops would keep its successor from opening, and nobody would hear of it.
    await within(patience, 'stopping the tasks of the last generation', previous ?? Promise.resolve()).catch(
      (error: unknown) => generation === this.#generation && this.#fail(error),
    );
    while (generation === this.#generation && this.#state !== 'leaving') {
      try {
        await generation.begin();
        return this.#joined.resolve();
      } catch (error) {
        if (generation !== this.#generation) return;
        if (!passes(error) || Date.now() - since > patience) return this.#fail(error);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  #fail(error: unknown): void {
    if (this.#state === 'leaving') return;
    const { group, onFailure } = this.options.join;
    const failure = toLogError(error, `membership in group ${group}`);
    if (this.#state === 'joining') return this.#joined.reject(failure);
    void this.leave();
    onFailure(failure);
  }
}
