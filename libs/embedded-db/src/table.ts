import type { Database } from 'lmdb';

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Keys from `from` on, below `to`. With `reverse` downwards: from `from` (inclusive) on, above `to`. */
export interface KeyRange {
  readonly from: Buffer;
  readonly to: Buffer;
  readonly limit: number;
  readonly reverse?: boolean;
}

/** One ordered map of bytes to bytes. Reads see the last commit or, within `EmbeddedDb.write`, that transaction. */
export class Table {
  constructor(private readonly database: Database<Buffer, Buffer>) {}

  get(key: Buffer): Buffer | undefined {
    return this.database.get(key);
  }

  /** What `read` makes of the value. The bytes are good until it returns, so nothing is copied. */
  peek<T>(key: Buffer, read: (value: Buffer) => T): T | undefined {
    const bytes = this.database.getBinaryFast(key);
    return bytes && read(bytes);
  }

  /** Only within `EmbeddedDb.write`. The value is copied. */
  put(key: Buffer, value: Buffer): void {
    this.database.putSync(key, value);
  }

  /** Only within `EmbeddedDb.write`. */
  remove(key: Buffer): void {
    this.database.removeSync(key);
  }

  /** Read at once: a cursor kept open would pin old pages and let the file grow. */
  range({ from, to, limit, reverse = false }: KeyRange): Entry[] {
    return [...this.database.getRange({ start: from, end: to, limit, reverse })];
  }
}
