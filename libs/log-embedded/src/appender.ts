import { lastNumber, orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import { systemClock, type OutboundRecord } from '#pipeline';
import { placeOf } from './append-signal.js';
import { countOf, encodeChunk, sizeOf, type RecordBytes } from './chunk.js';
import { Partitioner } from './partitioner.js';
import { recordBytes } from './record-bytes.js';
import type { TopicTable } from './topic-table.js';

const maxChunkBytes = 64 * 1024;

/** The records of one topic partition, ready to be written. */
export interface Addition {
  readonly place: string;
  readonly topicId: number;
  readonly partition: number;
  readonly chunks: readonly Buffer[];
}

/** Writes records: encodes them outside the transaction, gives them their offsets inside it. */
export class Appender {
  private readonly partitioner = new Partitioner();
  private readonly chunks: Table;
  private readonly ends: Table;

  constructor(
    db: EmbeddedDb,
    private readonly topics: TopicTable,
  ) {
    this.chunks = db.table('records');
    this.ends = db.table('ends');
  }

  /** @throws LogError `unknownTopic`, `rejected`: then none of them may be written. */
  prepare(records: readonly OutboundRecord[]): Addition[] {
    const places = new Map<string, { topicId: number; partition: number; records: RecordBytes[] }>();
    for (const record of records) {
      const topic = this.topics.get(record.topic);
      const partition = this.partitioner.place(record, topic);
      const place = placeOf(topic.id, partition);
      const known = places.get(place) ?? { topicId: topic.id, partition, records: [] };
      known.records.push(recordBytes(record));
      places.set(place, known);
    }
    const timestamp = systemClock.now();
    return [...places].map(([place, { topicId, partition, records }]) => ({
      place,
      topicId,
      partition,
      chunks: cut(records).map((part) => encodeChunk(part, timestamp)),
    }));
  }

  /** Only within a transaction. */
  append(additions: readonly Addition[]): void {
    for (const { topicId, partition, chunks } of additions) {
      let end = this.end(topicId, partition);
      for (const chunk of chunks) {
        this.chunks.put(orderedKey(topicId, partition, end), chunk);
        end += countOf(chunk);
      }
      this.ends.put(orderedKey(topicId, partition), orderedKey(end));
    }
  }

  /** The next offset of a topic partition. */
  end(topicId: number, partition: number): number {
    const stored = this.ends.get(orderedKey(topicId, partition));
    return stored ? lastNumber(stored) : 0;
  }
}

/** Into runs of at most `maxChunkBytes`, a larger record alone. */
function cut(records: readonly RecordBytes[]): RecordBytes[][] {
  const parts: RecordBytes[][] = [];
  let room = 0;
  for (const record of records) {
    const size = sizeOf(record);
    const part = parts.at(-1);
    if (part && size <= room) part.push(record);
    else {
      parts.push([record]);
      room = maxChunkBytes;
    }
    room -= size;
  }
  return parts;
}
