import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { CustomerDocument } from '#pipeline';
import { decodeDocument } from './document-codec.js';

const afterAll = Buffer.from([0xff]);
const justAfter = Buffer.from([0]);
const pageSize = 200;
/** Stands before every partition: the list holds all customers. */
const complete = orderedKey(-1);

/** The customers of each partition, without erased ones. */
export class CustomerList {
  private readonly table: Table;

  constructor(private readonly db: EmbeddedDb) {
    this.table = db.table('customer-list');
  }

  /** Lists the customers of a folder that was written before there was a list. */
  async ready(): Promise<void> {
    if (this.table.get(complete)) return;
    const documents = this.db.table('customers');
    await this.db.write(() => {
      let from: Buffer = justAfter;
      for (;;) {
        const page = documents.range({ from, to: afterAll, limit: pageSize });
        for (const { value } of page) this.note(decodeDocument(value), undefined);
        const last = page.at(-1);
        if (!last || page.length < pageSize) break;
        from = Buffer.concat([last.key, justAfter]);
      }
      this.table.put(complete, justAfter);
    });
  }

  /** Only within a transaction. `before`: the partition that the customer was in so far. */
  note({ id, partition, state }: CustomerDocument, before: number | undefined): void {
    const erased = state.erased !== undefined;
    if (before !== undefined && (erased || before !== partition)) this.table.remove(orderedKey(before, id));
    if (!erased && before !== partition) this.table.put(orderedKey(partition, id), Buffer.from(id));
  }

  page(partition: number, after: string | undefined, limit: number): string[] {
    if (limit < 1) return [];
    const start = orderedKey(partition);
    const from = after === undefined ? start : Buffer.concat([orderedKey(partition, after), justAfter]);
    return this.table
      .range({ from, to: Buffer.concat([start, afterAll]), limit })
      .map(({ value }) => value.toString());
  }
}
