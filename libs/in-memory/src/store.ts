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
import { copyOf, type MemoryDatabase } from './database.js';
import { unhindered, type Pace } from './pace.js';

interface TaskRow {
  readonly epoch: number;
  readonly intent?: Intent;
}

/** A client of an in-memory store. What a bulk leaves out is `unknown`, as is all of it where its answer is lost. */
export class MemoryStore implements CustomerStore {
  constructor(
    private readonly database: MemoryDatabase,
    private readonly pace: Pace = unhindered,
  ) {}

  claim(partition: number): Promise<{ readonly epoch: number; readonly intent?: Intent }> {
    return this.#change('store.claim', () => {
      const row = this.database.current<TaskRow>('tasks', String(partition));
      const claimed = { ...row, epoch: (row?.epoch ?? 0) + 1 };
      this.database.write('tasks', String(partition), claimed);
      return copyOf(claimed);
    });
  }

  writeIntent(partition: number, epoch: number, intent: Intent): Promise<boolean> {
    return this.#change('store.writeIntent', () => {
      const row = this.database.current<TaskRow>('tasks', String(partition));
      if (row?.epoch !== epoch) return false;
      this.database.write('tasks', String(partition), { epoch, intent: copyOf(intent) });
      return true;
    });
  }

  load(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerDocument>> {
    return this.pace.call('store.load', () => {
      const found = ids.flatMap((id) => {
        const document = this.database.read<CustomerDocument>('customers', id);
        return document ? [[id, copyOf(document)] as const] : [];
      });
      return new Map(found);
    });
  }

  async write(documents: readonly CustomerDocument[]): Promise<ReadonlyMap<string, WriteOutcome>> {
    const given = copyOf(documents);
    return this.#change('store.write', () => {
      const outcomes = new Map<string, WriteOutcome>();
      for (const document of given) {
        const stored = this.database.current<CustomerDocument>('customers', document.id);
        const passes = (stored?.batch ?? -1) < document.batch;
        const reached = this.pace.reaches('store.write');
        if (reached && passes) this.database.write('customers', document.id, document);
        outcomes.set(document.id, !reached ? 'unknown' : passes ? 'written' : 'lostGuard');
      }
      return outcomes;
    });
  }

  due(partition: number, upTo: number, limit: number): Promise<readonly DueTimer[]> {
    return this.pace.call('store.due', () =>
      this.#documents(partition)
        .flatMap(({ id, state }) => {
          const next = state.timers[0];
          return next && next.due <= upTo ? [{ customer: id, name: next.name, due: next.due }] : [];
        })
        .sort((a, b) => a.due - b.due || (a.customer < b.customer ? -1 : 1))
        .slice(0, limit),
    );
  }

  customers(partition: number, after: string | undefined, limit: number): Promise<readonly string[]> {
    return this.pace.call('store.customers', () =>
      this.#documents(partition)
        .filter(({ id, state }) => state.erased === undefined && (after === undefined || id > after))
        .map(({ id }) => id)
        .sort()
        .slice(0, limit),
    );
  }

  async *scan(): AsyncIterable<CustomerDocument> {
    for (const [, document] of this.database.rows<CustomerDocument>('customers')) yield copyOf(document);
  }

  registerDefinition(definition: StoredDefinition): Promise<void> {
    return this.#change('store.registerDefinition', () => {
      const key = `${definition.name}@${definition.version}`;
      const known = this.database.current<StoredDefinition>('definitions', key);
      if (known && known.hash !== definition.hash)
        throw new StoreError('definitionConflict', `${key} exists with other content`);
      this.database.write('definitions', key, copyOf(definition));
    });
  }

  async definition(hash: string): Promise<StoredDefinition | undefined> {
    const rows = this.database.rows<StoredDefinition>('definitions');
    return copyOf(rows.find(([, definition]) => definition.hash === hash)?.[1]);
  }

  async definitionNamed(name: string, version: number): Promise<StoredDefinition | undefined> {
    return copyOf(this.database.read<StoredDefinition>('definitions', `${name}@${version}`));
  }

  records<T>(name: string): RecordMap<T> {
    const table = `records ${JSON.stringify(name)}`;
    const { database } = this;
    const get = async (key: string) => copyOf(database.read<T>(table, key));
    return {
      get: (key) => this.pace.call('records.get', () => copyOf(database.read<T>(table, key))),
      put: (key, value) => this.#change('records.put', () => database.write(table, key, copyOf(value))),
      delete: (key) => this.#change('records.delete', () => database.delete(table, key)),
      update: (key, change) =>
        this.#change('records.update', () => {
          const value = change(copyOf(database.current<T>(table, key)));
          database.write(table, key, copyOf(value));
          return value;
        }),
      async *entries() {
        for (const [key] of database.rows<T>(table)) yield [key, (await get(key)) as T] as const;
      },
    };
  }

  async close(): Promise<void> {}

  /** A write that resolves only when a majority has it. */
  async #change<T>(call: string, effect: () => T): Promise<T> {
    const { result, term } = await this.pace.call(call, () => ({
      result: effect(),
      term: this.database.term,
    }));
    if (!this.database.acknowledge(term))
      throw new StoreError('unreachable', `${call}: the primary was deposed`);
    return result;
  }

  #documents(partition: number): CustomerDocument[] {
    return this.database
      .rows<CustomerDocument>('customers')
      .map(([, document]) => document)
      .filter((document) => document.partition === partition);
  }
}
