import { lastNumber, orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { LogRecord } from '#pipeline';
import { decodeChunk } from './chunk.js';
import type { Topic } from './topic-table.js';

const chunksAtOnce = 8;

/** Reads records by offset. */
export class Reader {
  private readonly chunks: Table;

  constructor(db: EmbeddedDb) {
    this.chunks = db.table('records');
  }

  /** Some records from offset `from` on, below `to`: at least one where there is one. */
  some(topic: Topic, partition: number, from: number, to: number): LogRecord[] {
    const key = (offset: number): Buffer => orderedKey(topic.id, partition, offset);
    const floor = this.chunks.range({ from: key(from), to: key(-1), limit: 1, reverse: true })[0];
    const chunks = this.chunks.range({ from: floor?.key ?? key(from), to: key(to), limit: chunksAtOnce });
    return chunks.flatMap(({ key, value }) =>
      decodeChunk(value, { topic: topic.name, partition, first: lastNumber(key) }, from, to),
    );
  }
}
