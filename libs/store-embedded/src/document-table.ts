import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { CustomerDocument, DueTimer } from '#pipeline';
import { CustomerList } from './customer-list.js';
import { decodeDocument, decodeHead, encodeDocument, nextTimer } from './document-codec.js';

const afterAll = Buffer.from([0xff]);
const pageSize = 200;

/** A document ready to be written. */
export interface PreparedDocument {
  readonly document: CustomerDocument;
  readonly bytes: Buffer;
}

export const prepareDocument = (document: CustomerDocument): PreparedDocument => ({
  document,
  bytes: encodeDocument(document),
});

/** Customers' documents by id, and an index of their next timers by partition and due time. */
export class DocumentTable {
  private readonly documents: Table;
  private readonly timers: Table;
  private readonly list: CustomerList;

  constructor(db: EmbeddedDb) {
    this.documents = db.table('customers');
    this.timers = db.table('timers');
    this.list = new CustomerList(db);
  }

  get(id: string): CustomerDocument | undefined {
    const bytes = this.documents.get(orderedKey(id));
    return bytes && decodeDocument(bytes);
  }

  /** Only within a transaction. False, and nothing changed, when the stored document's batch is not below this one's. */
  put({ document, bytes }: PreparedDocument): boolean {
    const key = orderedKey(document.id);
    const stored = this.documents.get(key);
    const head = stored && decodeHead(stored);
    if (head && head.batch >= document.batch) return false;
    if (head?.due !== undefined) this.timers.remove(orderedKey(head.partition, head.due, document.id));
    const timer = nextTimer(document);
    if (timer)
      this.timers.put(
        orderedKey(document.partition, timer.due, document.id),
        Buffer.from(JSON.stringify(timer)),
      );
    this.list.note(document, head?.partition);
    this.documents.put(key, bytes);
    return true;
  }

  due(partition: number, upTo: number, limit: number): DueTimer[] {
    if (limit < 1) return [];
    const from = orderedKey(partition, -Infinity);
    const to = Buffer.concat([orderedKey(partition, upTo), afterAll]);
    return this.timers
      .range({ from, to, limit })
      .map(({ value }) => JSON.parse(value.toString()) as DueTimer);
  }

  customers(partition: number, after: string | undefined, limit: number): string[] {
    return this.list.page(partition, after, limit);
  }

  async *scan(): AsyncGenerator<CustomerDocument> {
    let from: Buffer = Buffer.from([0]);
    for (;;) {
      const page = this.documents.range({ from, to: afterAll, limit: pageSize });
      for (const { value } of page) yield decodeDocument(value);
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      from = Buffer.concat([last.key, Buffer.from([0])]);
    }
  }
}
