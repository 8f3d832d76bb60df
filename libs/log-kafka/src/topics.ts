import type { Admin } from 'kafkajs';
import { LogError, type TopicInfo, type TopicSpec } from '#pipeline';
import { innermost, toLogError } from './kafka-error.js';

/** What the brokers know of topics, and of groups' positions in them. */
export class Topics {
  readonly #counts = new Map<string, number>();

  constructor(private readonly admin: Admin) {}

  async create(specs: readonly TopicSpec[]): Promise<readonly string[]> {
    const existing = await this.#agreeing(specs);
    const missing = specs.filter(({ name }) => !existing.has(name));
    const created: string[] = [];
    for (const spec of missing) if (await this.#create(spec)) created.push(spec.name);
    await this.#ready(missing.map(({ name }) => name));
    if (created.length < missing.length) await this.#agreeing(specs);
    return created;
  }

  /** Internal topics are left out. */
  async list(names?: readonly string[]): Promise<readonly TopicInfo[]> {
    const { topics } = await ask('listing the topics', () => this.admin.fetchTopicMetadata());
    return topics
      .map(({ name, partitions }) => ({ name, partitions: partitions.length }))
      .filter(({ name }) => names?.includes(name) ?? !name.startsWith('__'))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Partition counts by topic, remembered. @throws LogError `unknownTopic` */
  async counts(names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    const wanted = new Set(names);
    if ([...wanted].some((name) => !this.#counts.has(name)))
      for (const { name, partitions } of await this.list([...wanted])) this.#counts.set(name, partitions);
    const missing = [...wanted].filter((name) => !this.#counts.has(name));
    if (missing.length > 0)
      throw new LogError('unknownTopic', `Kafka has no topic named ${missing.join(', ')}`);
    return this.#counts;
  }

  /** By partition index; `end` is the last stable offset, before which no transaction is undecided. */
  async stableRange(topic: string): Promise<readonly { readonly start: number; readonly end: number }[]> {
    await this.counts([topic]);
    const partitions = await ask(`reading the range of ${topic}`, () => this.admin.fetchTopicOffsets(topic));
    return partitions
      .toSorted((a, b) => a.partition - b.partition)
      .map(({ low, high }) => ({ start: Number(low), end: Number(high) }));
  }

  async groupOffsets(
    group: string,
    topics: readonly string[],
  ): Promise<Readonly<Record<string, readonly number[]>>> {
    await this.counts(topics);
    const found = await ask(`reading the offsets of group ${group}`, () =>
      this.admin.fetchOffsets({ groupId: group, topics: [...topics] }),
    ).catch((error: unknown) => this.#nameMissing(topics, error));
    return Object.fromEntries(
      found.map(({ topic, partitions }) => [
        topic,
        partitions
          .toSorted((a, b) => a.partition - b.partition)
          .map(({ offset }) => Math.max(-1, Number(offset))),
      ]),
    );
  }

  /** Kafka does not say which topic it is that was deleted. @throws LogError `unknownTopic`, naming it, else the error given. */
  async #nameMissing(topics: readonly string[], error: unknown): Promise<never> {
    if (error instanceof LogError && error.code === 'unknownTopic') {
      for (const topic of topics) this.#counts.delete(topic);
      await this.counts(topics);
    }
    throw error;
  }

  async #agreeing(specs: readonly TopicSpec[]): Promise<ReadonlySet<string>> {
    const existing = await this.list(specs.map(({ name }) => name));
    for (const { name, partitions } of existing) {
      const wanted = specs.find((spec) => spec.name === name)?.partitions;
      if (wanted !== partitions)
        throw new LogError('partitions', `topic ${name} has ${partitions} partitions, not ${wanted}`);
    }
    return new Set(existing.map(({ name }) => name));
  }

  /** Waits until each partition has a leader; the brokers hear of a new topic one after another. */
  async #ready(names: readonly string[]): Promise<void> {
    for (let pauses = 0; pauses < 300; pauses++) {
      const { topics } = await ask('listing the topics', () => this.admin.fetchTopicMetadata());
      const led = topics.filter(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
      if (names.every((name) => led.some((topic) => topic.name === name))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new LogError('unreachable', `Kafka: no leaders for new topics among ${names.join(', ')}`);
  }

  /** False when another process was quicker. */
  async #create({ name, partitions, retentionMs }: TopicSpec): Promise<boolean> {
    const configEntries = [
      { name: 'retention.ms', value: String(retentionMs) },
      // Old event times must not run into the retention: the record's time is its arrival.
      { name: 'message.timestamp.type', value: 'LogAppendTime' },
    ];
    try {
      await this.admin.createTopics({
        topics: [{ topic: name, numPartitions: partitions, configEntries }],
        // kafkajs takes a broker that has not heard of the topic yet for a failure.
        waitForLeaders: false,
      });
      return true;
    } catch (error) {
      const types = [error, ...((error as { errors?: unknown[] }).errors ?? [])].map(
        (e) => innermost(e).type,
      );
      if (types.includes('TOPIC_ALREADY_EXISTS')) return false;
      throw toLogError(error, `creating topic ${name}`);
    }
  }
}

async function ask<T>(doing: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw toLogError(error, doing);
  }
}
