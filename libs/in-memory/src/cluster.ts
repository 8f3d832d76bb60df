import { homePartition } from '#contracts';
import { LogError, type LogRecord, type Offsets, type OutboundRecord } from '#pipeline';

const largest = 1_000_000;

/** A name that may write, and which of its holders it is: the highest epoch is the newest. */
interface Holder {
  readonly name: string;
  readonly epoch: number;
}

/** The records, groups and producers that all clients of one in-memory log share. */
export class MemoryCluster {
  readonly #topics = new Map<string, LogRecord[][]>();
  /** By group, by topic, by partition index. */
  readonly #offsets = new Map<string, Map<string, number[]>>();
  readonly #producers = new Map<string, number>();
  /** By `TOPIC/PARTITION`. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #spread = 0;
  /** Goes up with every append and every commit. */
  changes = 0;

  constructor(private readonly now: () => number = () => Date.now()) {}

  topicNames(): string[] {
    return [...this.#topics.keys()];
  }

  partitionCount(topic: string): number | undefined {
    return this.#topics.get(topic)?.length;
  }

  create(topic: string, partitions: number): void {
    this.#topics.set(
      topic,
      Array.from({ length: partitions }, () => []),
    );
  }

  /** @throws LogError `unknownTopic`. */
  partition(topic: string, partition: number): readonly LogRecord[] {
    return this.#partitions(topic)[partition] ?? [];
  }

  /** All or nothing. @throws LogError `unknownTopic`, `rejected`. */
  append(records: readonly OutboundRecord[]): void {
    for (const { topic, value } of records) {
      this.#partitions(topic);
      if ((value?.length ?? 0) > largest) throw new LogError('rejected', `${topic}: the record is too large`);
    }
    this.changes++;
    const grown = new Set(records.map((record) => this.#append(record)));
    for (const place of grown) {
      const waiting = this.#waiting.get(place) ?? [];
      this.#waiting.delete(place);
      for (const resolve of waiting) resolve();
    }
  }

  /** Resolves at the next append there. */
  arrival(topic: string, partition: number): Promise<void> {
    const place = `${topic}/${partition}`;
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(place);
      if (waiting) waiting.push(resolve);
      else this.#waiting.set(place, [resolve]);
    });
  }

  committed(group: string, topic: string, partition: number): number | undefined {
    return this.#offsets.get(group)?.get(topic)?.[partition];
  }

  /** Fences every earlier holder of this name. */
  fence(name: string): number {
    const epoch = (this.#producers.get(name) ?? 0) + 1;
    this.#producers.set(name, epoch);
    return epoch;
  }

  /** @throws LogError `fenced` for whoever was overtaken under this name. */
  requireNewest({ name, epoch }: Holder): void {
    if (this.#producers.get(name) !== epoch) throw new LogError('fenced', `${name}: a newer session exists`);
  }

  /** Appends and moves the offsets, or neither. @throws LogError `fenced`, `rejected`. */
  commit(
    holder: Holder,
    records: readonly OutboundRecord[],
    place: { readonly group: string; readonly partition: number },
    offsets: Offsets,
  ): void {
    this.requireNewest(holder);
    if (records.length > 0) this.append(records);
    this.changes++;
    const ofGroup = this.#offsets.get(place.group) ?? new Map<string, number[]>();
    this.#offsets.set(place.group, ofGroup);
    for (const [topic, offset] of Object.entries(offsets)) {
      const ofTopic = ofGroup.get(topic) ?? [];
      ofTopic[place.partition] = offset;
      ofGroup.set(topic, ofTopic);
    }
  }

  #partitions(topic: string): LogRecord[][] {
    const partitions = this.#topics.get(topic);
    if (!partitions) throw new LogError('unknownTopic', `there is no topic ${topic}`);
    return partitions;
  }

  /** Returns where. */
  #append({ topic, partition, key, value, headers = {} }: OutboundRecord): string {
    const partitions = this.#partitions(topic);
    const home = key === null ? this.#spread++ % partitions.length : homePartition(key, partitions.length);
    const records = partitions[partition ?? home]!;
    records.push({
      topic,
      partition: partition ?? home,
      offset: records.length,
      timestamp: this.now(),
      key: bytes(key),
      value: bytes(value),
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, bytes(text)!])),
    });
    return `${topic}/${partition ?? home}`;
  }
}

const bytes = (content: string | Buffer | null): Buffer | null =>
  content === null ? null : Buffer.from(content);
