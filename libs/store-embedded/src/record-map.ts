import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { RecordMap } from '#pipeline';
import { storeErrors } from './storage.js';

const pageSize = 200;

/** A named map. All share one table, keyed by name and key. */
export class EmbeddedRecordMap<T> implements RecordMap<T> {
  private readonly table: Table;

  constructor(
    private readonly db: EmbeddedDb,
    private readonly name: string,
  ) {
    this.table = db.table('maps');
  }

  async get(key: string): Promise<T | undefined> {
    const stored = this.table.get(this.key(key));
    return stored && parse<T>(stored)[1];
  }

  put(key: string, value: T): Promise<void> {
    const bytes = Buffer.from(JSON.stringify([key, value]));
    return storeErrors(this.db.write(() => this.table.put(this.key(key), bytes)));
  }

  delete(key: string): Promise<void> {
    return storeErrors(this.db.write(() => this.table.remove(this.key(key))));
  }

  update(key: string, change: (known: T | undefined) => T): Promise<T> {
    const work = (): T => {
      const stored = this.table.get(this.key(key));
      const value = change(stored && parse<T>(stored)[1]);
      this.table.put(this.key(key), Buffer.from(JSON.stringify([key, value])));
      return value;
    };
    return storeErrors(this.db.write(work));
  }

  async *entries(): AsyncGenerator<readonly [string, T]> {
    let from = orderedKey(this.name);
    const to = Buffer.concat([from, Buffer.from([0xff, 0xff])]);
    for (;;) {
      const page = this.table.range({ from, to, limit: pageSize });
      for (const { value } of page) yield parse<T>(value);
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      from = Buffer.concat([last.key, Buffer.from([0])]);
    }
  }

  private key(key: string): Buffer {
    return orderedKey(this.name, key);
  }
}

/** The key stands beside the value, since a long one is not kept whole in the table's key. */
const parse = <T>(bytes: Buffer): readonly [string, T] =>
  JSON.parse(bytes.toString()) as readonly [string, T];
