import {
  StoreError,
  type CustomerDocument,
  type CustomerStore,
  type DueTimer,
  type Intent,
  type RecordMap,
  type StoredDefinition,
  type WriteOutcome,
} from '#pipeline';
import type { mongo } from 'mongoose';
import { type Connection } from 'mongoose';
import { CausalOrder } from './causal-order.js';
import { database } from './connect.js';
import { customerDocument, customerSchema, type CustomerRow } from './customer.schema.js';
import { definitionSchema, type DefinitionRow } from './definition.schema.js';
import { isDuplicateKey, storeError } from './failures.js';
import { writeGuarded } from './guarded-write.js';
import { MongoRecordMap, type RecordRow } from './record-map.js';
import { intentOf, intentRow, taskSchema, type TaskRow } from './task.schema.js';

/**
 * Writes are acknowledged by a majority with journal, and reads are the majority's. The schemas make the indexes; the
 * work goes through the native collections.
 */
export class MongoStore implements CustomerStore {
  readonly #database: mongo.Db;
  readonly #order: CausalOrder;
  readonly #customers: mongo.Collection<CustomerRow>;
  readonly #tasks: mongo.Collection<TaskRow>;
  readonly #definitions: mongo.Collection<DefinitionRow>;

  constructor(private readonly connection: Connection) {
    this.#database = database(connection);
    this.#order = new CausalOrder(connection.getClient());
    this.#customers = this.#collection(connection.model('Customer', customerSchema).collection.name);
    this.#tasks = this.#collection(connection.model('Task', taskSchema).collection.name);
    this.#definitions = this.#collection(connection.model('Definition', definitionSchema).collection.name);
  }

  async createIndexes(): Promise<void> {
    await Promise.all(Object.values(this.connection.models).map((model) => model.createIndexes()));
  }

  async claim(partition: number): Promise<{ readonly epoch: number; readonly intent?: Intent }> {
    const doing = `claiming partition ${partition}`;
    await this.#run(doing, (session) =>
      this.#tasks
        .updateOne({ _id: partition }, { $setOnInsert: { epoch: 0 } }, { upsert: true, session })
        .catch(unlessDuplicateKey),
    );
    const task = await this.#run(doing, (session) =>
      this.#tasks.findOneAndUpdate(
        { _id: partition },
        { $inc: { epoch: 1 } },
        { returnDocument: 'after', session },
      ),
    );
    if (!task)
      throw new StoreError('storage', `MongoDB, ${doing}: the task's document was removed meanwhile`);
    return { epoch: task.epoch, ...(task.intent && { intent: intentOf(task.intent) }) };
  }

  async writeIntent(partition: number, epoch: number, intent: Intent): Promise<boolean> {
    const { matchedCount } = await this.#run(`writing the intent of partition ${partition}`, (session) =>
      this.#tasks.updateOne({ _id: partition, epoch }, { $set: { intent: intentRow(intent) } }, { session }),
    );
    return matchedCount === 1;
  }

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerDocument>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#run('loading customers', (session) =>
      this.#customers.find({ _id: { $in: [...ids] } }, { session }).toArray(),
    );
    const found = new Map(rows.map((row) => [row._id, row]));
    return new Map(
      ids.flatMap((id) => {
        const row = found.get(id);
        return row ? [[id, customerDocument(row)] as const] : [];
      }),
    );
  }

  write(documents: readonly CustomerDocument[]): Promise<ReadonlyMap<string, WriteOutcome>> {
    return writeGuarded(this.#customers, documents, this.#order);
  }

  async due(partition: number, upTo: number, limit: number): Promise<readonly DueTimer[]> {
    const rows = await this.#run('reading due timers', (session) =>
      this.#customers
        .find(
          { partition, 'next.due': { $lte: new Date(upTo) } },
          { projection: { next: 1 }, sort: { 'next.due': 1, _id: 1 }, limit, session },
        )
        .toArray(),
    );
    return rows.flatMap(({ _id, next }) =>
      next ? [{ customer: _id, name: next.name, due: next.due.getTime() }] : [],
    );
  }

  async customers(partition: number, after: string | undefined, limit: number): Promise<readonly string[]> {
    if (limit < 1) return [];
    const filter = {
      partition,
      erased: { $exists: false },
      ...(after !== undefined && { _id: { $gt: after } }),
    };
    const rows = await this.#run('listing the customers of a partition', (session) =>
      this.#customers.find(filter, { projection: { _id: 1 }, sort: { _id: 1 }, limit, session }).toArray(),
    );
    return rows.map(({ _id }) => _id);
  }

  async *scan(): AsyncGenerator<CustomerDocument> {
    const session = this.#order.begin();
    try {
      for await (const row of this.#customers.find({}, { session }).sort({ _id: 1 }))
        yield customerDocument(row);
    } catch (error) {
      throw storeError('listing customers', error);
    } finally {
      await this.#order.end(session);
    }
  }

  async registerDefinition({ hash, name, version, source }: StoredDefinition): Promise<void> {
    try {
      await this.#order.run((session) =>
        this.#definitions.updateOne(
          { _id: hash },
          { $setOnInsert: { name, version, source } },
          { upsert: true, session },
        ),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw storeError(`registering ${name}@${version}`, error);
      const stored = await this.#run(`reading ${name}@${version}`, (session) =>
        this.#definitions.findOne({ name, version }, { session }),
      );
      if (stored?._id === hash) return;
      throw new StoreError(
        'definitionConflict',
        `${name}@${version} is registered with other content (${stored?._id ?? 'unknown'}); give this one another version`,
        { cause: error },
      );
    }
  }

  async definition(hash: string): Promise<StoredDefinition | undefined> {
    const row = await this.#run(`reading definition ${hash}`, (session) =>
      this.#definitions.findOne({ _id: hash }, { session }),
    );
    return row ? storedDefinition(row) : undefined;
  }

  async definitionNamed(name: string, version: number): Promise<StoredDefinition | undefined> {
    const row = await this.#run(`reading ${name}@${version}`, (session) =>
      this.#definitions.findOne({ name, version }, { session }),
    );
    return row ? storedDefinition(row) : undefined;
  }

  records<T>(name: string): RecordMap<T> {
    return new MongoRecordMap<T>(this.#collection<RecordRow>(`records.${name}`), this.#order);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  #collection<Row extends object>(name: string): mongo.Collection<Row> {
    return this.#database.collection<Row>(name);
  }

  #run<R>(doing: string, work: (session: mongo.ClientSession) => Promise<R>): Promise<R> {
    return this.#order.run(work).catch((error: unknown) => {
      throw storeError(doing, error);
    });
  }
}

const storedDefinition = ({ _id: hash, name, version, source }: DefinitionRow): StoredDefinition => ({
  hash,
  name,
  version,
  source,
});

function unlessDuplicateKey(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}
