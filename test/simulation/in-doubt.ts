import type { CustomerDocument, Intent } from '#pipeline';
import type { MemoryCluster, MemoryDatabase } from '#in-memory';
import { partitions } from './story.js';

/** Whether some partition has a batch that was begun and not committed. */
export function inDoubt(database: MemoryDatabase, cluster: MemoryCluster, group: string): boolean {
  for (let p = 0; p < partitions; p++) {
    const intent = database.current<{ intent?: Intent }>('tasks', String(p))?.intent;
    for (const [topic, to] of Object.entries(intent?.to ?? {}))
      if ((cluster.committed(group, topic, p) ?? 0) < to) return true;
  }
  return false;
}

/** Whether some customer's timer is due. */
export const timersDue = (database: MemoryDatabase, now: number): boolean =>
  database
    .rows<CustomerDocument>('customers')
    .some(([, { state }]) => (state.timers[0]?.due ?? Infinity) <= now);
