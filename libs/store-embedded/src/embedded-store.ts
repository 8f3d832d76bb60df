import type { EmbeddedDb } from '#embedded-db';
import type {
  CustomerDocument,
  CustomerStore,
  DueTimer,
  Intent,
  RecordMap,
  StoredDefinition,
  WriteOutcome,
} from '#pipeline';
import { DefinitionTable } from './definition-table.js';
import { DocumentTable } from './document-table.js';
import { EmbeddedRecordMap } from './record-map.js';
import { storeErrors } from './storage.js';
import { TaskTable } from './task-table.js';

/** The CustomerStore over an embedded folder. */
export class EmbeddedStore implements CustomerStore {
  private readonly documents: DocumentTable;
  private readonly tasks: TaskTable;
  private readonly definitions: DefinitionTable;

  /** `release` is called by `close`. */
  constructor(
    private readonly db: EmbeddedDb,
    private readonly release: () => Promise<void>,
  ) {
    this.documents = new DocumentTable(db);
    this.tasks = new TaskTable(db);
    this.definitions = new DefinitionTable(db);
  }

  claim(partition: number): Promise<{ readonly epoch: number; readonly intent?: Intent }> {
    return storeErrors(this.tasks.claim(partition));
  }

  writeIntent(partition: number, epoch: number, intent: Intent): Promise<boolean> {
    return storeErrors(this.db.write(() => this.tasks.putIntent(partition, epoch, intent)));
  }

  async load(ids: readonly string[], outputsOf?: number): Promise<ReadonlyMap<string, CustomerDocument>> {
    const found = new Map<string, CustomerDocument>();
    for (const id of ids) {
      const document = this.documents.get(id, outputsOf);
      if (document) found.set(id, document);
    }
    return found;
  }

  async write(documents: readonly CustomerDocument[]): Promise<ReadonlyMap<string, WriteOutcome>> {
    const written = await storeErrors(this.db.write(() => documents.map((one) => this.documents.put(one))));
    return new Map(documents.map(({ id }, at) => [id, written[at] ? 'written' : 'lostGuard']));
  }

  async due(partition: number, upTo: number, limit: number): Promise<readonly DueTimer[]> {
    return this.documents.due(partition, upTo, limit);
  }

  async customers(partition: number, after: string | undefined, limit: number): Promise<readonly string[]> {
    return this.documents.customers(partition, after, limit);
  }

  scan(): AsyncIterable<CustomerDocument> {
    return this.documents.scan();
  }

  registerDefinition(definition: StoredDefinition): Promise<void> {
    return storeErrors(this.definitions.register(definition));
  }

  async definition(hash: string): Promise<StoredDefinition | undefined> {
    return this.definitions.get(hash);
  }

  async definitionNamed(name: string, version: number): Promise<StoredDefinition | undefined> {
    return this.definitions.named(name, version);
  }

  records<T>(name: string): RecordMap<T> {
    return new EmbeddedRecordMap<T>(this.db, name);
  }

  close(): Promise<void> {
    return this.release();
  }
}
