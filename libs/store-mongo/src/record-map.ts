import type { RecordMap } from '#pipeline';
import type { mongo } from 'mongoose';
import type { CausalOrder } from './causal-order.js';
import { isDuplicateKey, storeError } from './failures.js';

/** `value` is JSON text: it comes back as it went in, whatever its keys are. */
export interface RecordRow {
  readonly _id: string;
  readonly value: string;
}

/** A subscriber's own records: one collection for each name. */
export class MongoRecordMap<T> implements RecordMap<T> {
  constructor(
    private readonly rows: mongo.Collection<RecordRow>,
    private readonly order: CausalOrder,
  ) {}

  async get(key: string): Promise<T | undefined> {
    const row = await this.#run('reading', (session) => this.rows.findOne({ _id: key }, { session }));
    return row ? (JSON.parse(row.value) as T) : undefined;
  }

  async put(key: string, value: T): Promise<void> {
    await this.#run('writing', (session) =>
      this.rows.replaceOne({ _id: key }, { value: JSON.stringify(value) }, { upsert: true, session }),
    );
  }

  async delete(key: string): Promise<void> {
    await this.#run('deleting', (session) => this.rows.deleteOne({ _id: key }, { session }));
  }

  async update(key: string, change: (known: T | undefined) => T): Promise<T> {
    for (;;) {
      const row = await this.#run('reading', (session) => this.rows.findOne({ _id: key }, { session }));
      const value = change(row ? (JSON.parse(row.value) as T) : undefined);
      if (await this.#swap(key, row?.value, JSON.stringify(value))) return value;
    }
  }

  /** False when the stored text is no longer `before`. */
  #swap(key: string, before: string | undefined, value: string): Promise<boolean> {
    return this.#run('updating', async (session) => {
      if (before !== undefined)
        return (
          (await this.rows.updateOne({ _id: key, value: before }, { $set: { value } }, { session }))
            .matchedCount === 1
        );
      try {
        await this.rows.insertOne({ _id: key, value }, { session });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    });
  }

  async *entries(): AsyncGenerator<readonly [string, T]> {
    const session = this.order.begin();
    try {
      for await (const row of this.rows.find({}, { session }).sort({ _id: 1 }))
        yield [row._id, JSON.parse(row.value) as T];
    } catch (error) {
      throw storeError(`listing ${this.rows.collectionName}`, error);
    } finally {
      await this.order.end(session);
    }
  }

  #run<R>(doing: string, work: (session: mongo.ClientSession) => Promise<R>): Promise<R> {
    return this.order.run(work).catch((error: unknown) => {
      throw storeError(`${doing} ${this.rows.collectionName}`, error);
    });
  }
}
