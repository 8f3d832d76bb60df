import { topicName } from '#contracts';
import type { Lifecycle } from '#lifecycle';
import type { CustomerDocument } from './customer-store.port.js';
import type { EventLog, LogRecord } from './event-log.port.js';
import { foldBatch, foldingOrder, type FoldedBatch } from './fold-batch.js';
import { locate } from './locate.js';
import { recordedBatch, type RecordedBatch } from './order-record.js';
import type { Located } from './topic-buffer.js';

export interface ReplayOptions {
  readonly log: EventLog;
  readonly prefix: string;
  readonly partition: number;
  readonly partitions: number;
  /** Input topics by their full names, in folding order. */
  readonly topics: readonly string[];
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
}

export interface ReplayedBatch {
  readonly recorded: RecordedBatch;
  readonly folded: FoldedBatch;
  /** Every customer of the partition as of this batch; the same map for each batch. */
  readonly customers: ReadonlyMap<string, CustomerDocument>;
}

/**
 * Repeats what happened to one partition: the input topics' slices in the recorded order, with the recorded clock and
 * definition. Joins no group and writes nothing. Ends with the last batch that was recorded when it began.
 * @throws Error when the input topics no longer hold a recorded slice.
 */
export async function* replayPartition(options: ReplayOptions): AsyncGenerator<ReplayedBatch> {
  const { log, prefix, partition, partitions, topics, lifecycleOf } = options;
  const order = topicName(prefix, 'lifecycle.order.v1');
  const { start, end } = await rangeOf(log, order, partition);
  const readers = new Map<string, SliceReader>();
  for (const topic of topics) readers.set(topic, await SliceReader.open(log, topic, partition, prefix));
  const customers = new Map<string, CustomerDocument>();

  for await (const records of log.read(order, partition, start, end)) {
    for (const record of records) {
      const recorded = recordedBatch(record);
      const slices: Located[] = [];
      for (const [topic, to] of Object.entries(recorded.to))
        for (const located of (await readers.get(topic)?.take(recorded.from[topic] ?? 0, to)) ?? [])
          slices.push(located);
      const lifecycle = await lifecycleOf(recorded.definition);
      const context = { lifecycle, group: recorded.group, partition, partitions, prefix };
      const folded = foldBatch(foldingOrder(slices, topics), customers, recorded, context);
      for (const document of folded.documents) customers.set(document.id, { ...document, outputs: [] });
      yield { recorded, folded, customers };
    }
  }
}

/** Reads one topic partition forward, slice by slice. */
class SliceReader {
  #chunk: readonly LogRecord[] = [];
  #at = 0;

  static async open(log: EventLog, topic: string, partition: number, prefix: string): Promise<SliceReader> {
    const { start, end } = await rangeOf(log, topic, partition);
    const records = log.read(topic, partition, start, end)[Symbol.asyncIterator]();
    return new SliceReader(topic, partition, prefix, start, records);
  }

  private constructor(
    private readonly topic: string,
    private readonly partition: number,
    private readonly prefix: string,
    private readonly start: number,
    private readonly records: AsyncIterator<readonly LogRecord[]>,
  ) {}

  async take(from: number, to: number): Promise<Located[]> {
    if (from < to && from < this.start)
      throw new Error(
        `${this.topic} partition ${this.partition} begins at offset ${this.start}, the recorded order needs ${from}: ` +
          'older records were deleted by retention, so this range cannot be replayed.',
      );
    const slice: Located[] = [];
    for (;;) {
      for (; this.#at < this.#chunk.length; this.#at++) {
        const record = this.#chunk[this.#at];
        if (!record || record.offset >= to) return slice;
        if (record.offset >= from) slice.push(locate(record, this.prefix));
      }
      const next = await this.records.next();
      if (next.done) return slice;
      this.#chunk = next.value;
      this.#at = 0;
    }
  }
}

async function rangeOf(log: EventLog, topic: string, partition: number) {
  return (await log.range(topic))[partition] ?? { start: 0, end: 0 };
}
