import type { Consumer, Kafka, PartitionAssigner } from 'kafkajs';
import { LogError } from '#pipeline';
import { within } from './deadline.js';
import { mayComeBack } from './kafka-error.js';
import type { PartitionReader } from './partition-reader.js';
import { persistently } from './read-range.js';
import type { KafkaTiming } from './settings.js';

const pauseMs = 1_000;

export interface GroupConsumerOptions {
  readonly kafka: Kafka;
  readonly reader: PartitionReader;
  readonly timing: KafkaTiming;
  readonly group: string;
  readonly topics: readonly string[];
  readonly assigner: PartitionAssigner;
  /** A generation began, with these partition indexes. */
  readonly joined: (partitions: readonly number[]) => void;
  /** The generation is over; another one follows, or `failed`. */
  readonly interrupted: () => void;
  /** For good. Not called once it was told to stop. */
  readonly failed: (error: unknown) => void;
}

/**
 * kafkajs' consumer for the group's protocol only: all that it is assigned stays paused, so that its heartbeats wait for
 * nobody. One that crashed on what may pass, or is out of reach, is replaced by a new one, every second or slower, until
 * it has not been a member for `patience` and two session timeouts. kafkajs' own restart knows no bound, and holds for
 * final what is not: a coordinator that it does not find while the broker starts.
 */
export class GroupConsumer {
  #consumer: Consumer | undefined;
  #lastSign = Date.now();
  /** The first crash since it last was a member for a whole session timeout, and the last one. */
  #crashes: { readonly first: number; readonly last: number } | undefined;
  #starting: Promise<void> = Promise.resolve();
  #watch: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly options: GroupConsumerOptions) {}

  /** The group has heard from this member, and answered, within the session timeout. */
  get heard(): boolean {
    return Date.now() - this.#lastSign <= this.options.timing.session;
  }

  /** Resolves when the group was asked for a place. */
  async start(): Promise<void> {
    this.#watch = setInterval(() => this.#mustShowLife(), this.options.timing.heartbeat).unref();
    await (this.#starting = this.#run());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#watch);
    // kafkajs' consumer that is stopped while it joins runs on for ever.
    const joining = this.#starting.catch(() => undefined);
    await within(this.options.timing.session, 'joining', joining).catch(() => undefined);
    await this.#consumer?.disconnect().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { kafka, reader, timing, group, topics, assigner } = this.options;
    const consumer = kafka.consumer({
      groupId: group,
      partitionAssigners: [assigner],
      sessionTimeout: timing.session,
      rebalanceTimeout: timing.session,
      heartbeatInterval: timing.heartbeat,
      // With everything paused this is only the pause between two looks at whether a heartbeat is due.
      maxWaitTimeInMs: Math.min(200, timing.heartbeat),
      metadataMaxAge: timing.metadata,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: async () => false },
    });
    this.#consumer = consumer;
    const { GROUP_JOIN, REBALANCING, HEARTBEAT, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(consumer, payload.memberAssignment));
    consumer.on(REBALANCING, () => this.options.interrupted());
    consumer.on(HEARTBEAT, () => this.#isMember());
    consumer.on(CRASH, ({ payload }) => this.#crashed(payload.error));
    await consumer.connect();
    const subscription = { topics: [...topics], fromBeginning: true };
    await persistently(reader, 'subscribing', () => consumer.subscribe(subscription));
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
  }

  #joined(consumer: Consumer, assignment: Readonly<Record<string, number[]>>): void {
    this.#isMember();
    const assigned = Object.entries(assignment).map(([topic, partitions]) => ({ topic, partitions }));
    consumer.pause(assigned);
    const partitions = new Set(assigned.flatMap((each) => each.partitions));
    this.options.joined([...partitions].sort((a, b) => a - b));
  }

  #isMember(): void {
    this.#lastSign = Date.now();
    if (this.#crashes && this.#lastSign - this.#crashes.last > this.options.timing.session)
      this.#crashes = undefined;
  }

  #crashed(error: unknown): void {
    if (this.#stopped) return;
    this.options.interrupted();
    const now = Date.now();
    this.#crashes = { first: this.#crashes?.first ?? now, last: now };
    if (!mayComeBack(error) || now - this.#crashes.first > this.#limit) this.#fail(error);
    else this.#starting = this.#again();
  }

  async #again(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (this.#stopped) return;
    try {
      await this.#run();
    } catch (error) {
      await this.#consumer?.disconnect().catch(() => undefined);
      this.#crashed(error);
    }
  }

  get #limit(): number {
    const { patience, session } = this.options.timing;
    return patience + 2 * session;
  }

  /** kafkajs can fall silent without an event: a member that neither heartbeats nor joins has left. */
  #mustShowLife(): void {
    const silent = Date.now() - this.#lastSign;
    if (silent > this.#limit) this.#fail(new LogError('unreachable', `Kafka: no heartbeat for ${silent} ms`));
  }

  #fail(error: unknown): void {
    clearInterval(this.#watch);
    if (!this.#stopped) this.options.failed(error);
  }
}
