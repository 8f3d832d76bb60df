import type { EmbeddedDb } from '#embedded-db';
import type { EmbeddedLog } from '#log-embedded';
import { LogError, type AtomicCommit } from '#pipeline';
import { DocumentTable } from './document-table.js';
import { storeErrors } from './storage.js';
import { TaskTable } from './task-table.js';

type Batch = Parameters<AtomicCommit['commit']>[0];

/** One transaction over log and store. */
export class EmbeddedAtomicCommit implements AtomicCommit {
  private readonly documents: DocumentTable;
  private readonly tasks: TaskTable;

  constructor(
    private readonly db: EmbeddedDb,
    private readonly log: EmbeddedLog,
  ) {
    this.documents = new DocumentTable(db);
    this.tasks = new TaskTable(db);
  }

  async commit({ partition, epoch, intent, documents, records }: Batch): Promise<void> {
    const log = this.log.prepareCommit({ group: intent.group, partition, records, offsets: intent.to });
    const work = (): void => {
      if (!this.tasks.putIntent(partition, epoch, intent))
        throw new LogError('fenced', `epoch ${epoch} of partition ${partition} was overtaken`);
      log.apply();
      for (const document of documents)
        if (!this.documents.put(document))
          throw new LogError(
            'fenced',
            `customer ${document.id} was written by a later batch than ${intent.number}`,
          );
    };
    await storeErrors(this.db.write(work));
    log.announce();
  }
}
