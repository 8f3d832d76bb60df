import type { Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, Kafka } from 'kafkajs';
import { LogError, type JoinOptions, type Membership } from '#pipeline';
import { commonCount, coPartition } from './co-partition.js';
import { within } from './deadline.js';
import { Generation } from './generation.js';
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
 * A place in a consumer group. kafkajs' consumer does the group's protocol only: all that it is assigned stays paused,
 * so that its heartbeats wait for no task, and a generation of our own reads the partitions.
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
  readonly #consumer: Consumer;
  #generation: Generation | undefined;
  #lastSign = Date.now();
  #state: 'joining' | 'joined' | 'leaving' = 'joining';
  #joined = Promise.withResolvers<void>();
  #watch: NodeJS.Timeout | undefined;
  #left: Promise<void> | undefined;
  /** Resolved unless kafkajs restarts its consumer: one that is stopped before it has joined again runs on for ever. */
  #restarted = { promise: Promise.resolve(), resolve: (): void => undefined };

  constructor(
    private readonly options: MembershipOptions,
    private readonly reader: PartitionReader,
    partitions: number,
  ) {
    const { kafka, join, timing } = options;
    this.#consumer = kafka.consumer({
      groupId: join.group,
      partitionAssigners: [coPartition(() => this.#generation?.partitions ?? [], partitions)],
      sessionTimeout: timing.session,
      rebalanceTimeout: timing.session,
      heartbeatInterval: timing.heartbeat,
      // With everything paused this is only the pause between two looks at whether a heartbeat is due.
      maxWaitTimeInMs: Math.min(200, timing.heartbeat),
      metadataMaxAge: timing.metadata,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: async () => this.#state !== 'leaving' },
    });
  }

  assigned(): readonly number[] {
    return this.#generation?.open ?? [];
  }

  settled(): boolean {
    const heard = Date.now() - this.#lastSign <= this.options.timing.session;
    return this.#state === 'joined' && heard && this.#generation?.begun === true;
  }

  /** Resolves when the first generation has begun. */
  async join(): Promise<void> {
    const { join, timing } = this.options;
    const consumer = this.#consumer;
    const { GROUP_JOIN, REBALANCING, HEARTBEAT, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, (event) => this.#begin(event));
    consumer.on(REBALANCING, () => void this.#generation?.end());
    consumer.on(HEARTBEAT, () => void (this.#lastSign = Date.now()));
    consumer.on(CRASH, (event) => this.#crashed(event));
    await consumer.connect();
    const subscription = { topics: [...join.topics], fromBeginning: true };
    await persistently(this.reader, 'subscribing', () => consumer.subscribe(subscription));
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
    const limit = timing.patience + 2 * timing.session;
    this.#watch = setInterval(() => this.#mustShowLife(limit), timing.heartbeat).unref();
    await this.#joined.promise;
    this.#state = 'joined';
  }

  leave(): Promise<void> {
    return (this.#left ??= this.#leave());
  }

  async #leave(): Promise<void> {
    this.#state = 'leaving';
    clearInterval(this.#watch);
    await this.#generation?.end();
    this.#generation = undefined;
    const { session } = this.options.timing;
    await within(session, 'joining again', this.#restarted.promise).catch(() => undefined);
    await this.#consumer.disconnect().catch(() => undefined);
    await this.reader.close().catch(() => undefined);
  }

  #begin({ payload }: ConsumerGroupJoinEvent): void {
    this.#lastSign = Date.now();
    this.#restarted.resolve();
    const assigned = Object.entries(payload.memberAssignment).map(([topic, partitions]) => ({
      topic,
      partitions,
    }));
    this.#consumer.pause(assigned);
    const partitions = [...new Set(assigned.flatMap((each) => each.partitions))].sort((a, b) => a - b);
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

  #crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    void this.#generation?.end();
    this.#restarted.resolve();
    if (restart) this.#restarted = Promise.withResolvers<void>();
    else this.#fail(error);
  }

  /** kafkajs can fall silent without an event: a member that neither heartbeats nor joins has left. */
  #mustShowLife(limit: number): void {
    const silent = Date.now() - this.#lastSign;
    if (silent > limit) this.#fail(new LogError('unreachable', `Kafka: no heartbeat for ${silent} ms`));
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
