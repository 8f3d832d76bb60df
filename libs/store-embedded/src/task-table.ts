import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import type { Intent } from '#pipeline';

interface Task {
  readonly epoch: number;
  readonly intent?: Intent;
}

/** Each partition's epoch and last intent. */
export class TaskTable {
  private readonly table: Table;

  constructor(private readonly db: EmbeddedDb) {
    this.table = db.table('tasks');
  }

  claim(partition: number): Promise<Task> {
    return this.db.write(() => {
      const task = this.read(partition);
      const claimed = { ...task, epoch: task.epoch + 1 };
      this.put(partition, claimed);
      return claimed;
    });
  }

  /** Only within a transaction. False when the epoch is no longer this one. */
  putIntent(partition: number, epoch: number, intent: Intent): boolean {
    if (this.read(partition).epoch !== epoch) return false;
    this.put(partition, { epoch, intent });
    return true;
  }

  private read(partition: number): Task {
    const stored = this.table.get(orderedKey(partition));
    return stored ? (JSON.parse(stored.toString()) as Task) : { epoch: 0 };
  }

  private put(partition: number, task: Task): void {
    this.table.put(orderedKey(partition), Buffer.from(JSON.stringify(task)));
  }
}
