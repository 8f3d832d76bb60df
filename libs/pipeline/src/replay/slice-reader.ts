import type { EventLog, LogRecord } from '../event-log.port.js';
import { foldingOrder } from '../fold-batch.js';
import { locate } from '../locate.js';
import type { RecordedBatch } from '../order-record.js';
import type { Located } from '../topic-buffer.js';
import { rangeOf } from './range-of.js';
import { TruncatedLog } from './truncated-log.js';

/** Reads one topic partition forward, slice by slice. */
class SliceReader {
  #chunk: readonly LogRecord[] = [];
  #at = 0;
  #records: AsyncIterator<readonly LogRecord[]> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly topic: string,
    private readonly partition: number,
    private readonly prefix: string,
    private readonly range: { readonly start: number; readonly end: number },
  ) {}

  async take(from: number, to: number): Promise<Located[]> {
    const slice: Located[] = [];
    if (from >= to) return slice;
    const { log, topic, partition, prefix } = this;
    const { start, end } = this.range;
    if (from < start)
      throw new TruncatedLog(topic, partition, `begins at offset ${start}, the recorded order needs ${from}`);
    this.#records ??= log.read(topic, partition, from, end)[Symbol.asyncIterator]();
    for (;;) {
      for (; this.#at < this.#chunk.length; this.#at++) {
        const record = this.#chunk[this.#at];
        if (!record || record.offset >= to) return slice;
        if (record.offset >= from) slice.push(locate(record, prefix));
      }
      const next = await this.#records.next();
      if (next.done) return slice;
      this.#chunk = next.value;
      this.#at = 0;
    }
  }
}

/** The records of recorded batches, in the order in which they were folded. Batches are asked for in their order. */
export class RecordedInputs {
  private constructor(
    private readonly topics: readonly string[],
    private readonly readers: ReadonlyMap<string, SliceReader>,
  ) {}

  /** `topics`: input topics by their full names, in folding order. */
  static async open(
    log: EventLog,
    prefix: string,
    partition: number,
    topics: readonly string[],
  ): Promise<RecordedInputs> {
    const readers = new Map<string, SliceReader>();
    for (const topic of topics)
      readers.set(
        topic,
        new SliceReader(log, topic, partition, prefix, await rangeOf(log, topic, partition)),
      );
    return new RecordedInputs(topics, readers);
  }

  /** @throws TruncatedLog */
  async of({ from, to }: RecordedBatch): Promise<Located[]> {
    const slices: Located[] = [];
    for (const [topic, end] of Object.entries(to))
      for (const located of (await this.readers.get(topic)?.take(from[topic] ?? 0, end)) ?? [])
        slices.push(located);
    return foldingOrder(slices, this.topics);
  }
}
