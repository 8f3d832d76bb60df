import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { CustomerDocument, DueTimer } from '#pipeline';
import { CustomerList } from './customer-list.js';
import {
  decodeDocument,
  decodeHead,
  encodeDocument,
  encodeHead,
  nextTimer,
  type DocumentHead,
} from './document-codec.js';

const afterAll = Buffer.from([0xff]);
const pageSize = 200;

/**
 * Customers' documents by id, their heads apart, and an index of their next timers by partition and due time. A write asks
 * the head alone: reading the document would copy all of it, and bring its pages into memory.
 */
export class DocumentTable {
  private readonly documents: Table;
  private readonly heads: Table;
  private readonly timers: Table;
  private readonly list: CustomerList;

  constructor(db: EmbeddedDb) {
    this.documents = db.table('customers');
    this.heads = db.table('customer-heads');
    this.timers = db.table('timers');
    this.list = new CustomerList(db);
  }

  get(id: string, outputsOf?: number): CustomerDocument | undefined {
    return this.documents.peek(orderedKey(id), (bytes) => decodeDocument(bytes, outputsOf));
  }

  /** Only within a transaction. False, and nothing changed, when the stored document's batch is not below this one's. */
  put(document: CustomerDocument): boolean {
    const key = orderedKey(document.id);
    const head = this.heads.peek(key, decodeHead);
    if (head && head.batch >= document.batch) return false;
    const timer = nextTimer(document);
    this.plan(document, timer, head);
    this.list.note(document, head?.partition);
    this.heads.put(key, encodeHead(document, timer?.due));
    this.documents.put(key, encodeDocument(document, timer?.due));
    return true;
  }

  private plan({ id, partition }: CustomerDocument, timer: DueTimer | undefined, head?: DocumentHead): void {
    if (head?.due !== undefined && (head.due !== timer?.due || head.partition !== partition))
      this.timers.remove(orderedKey(head.partition, head.due, id));
    // Of the same time there may be another one.
    if (timer) this.timers.put(orderedKey(partition, timer.due, id), Buffer.from(JSON.stringify(timer)));
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
