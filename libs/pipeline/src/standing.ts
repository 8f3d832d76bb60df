import type { Offsets, TaskSession } from './event-log.port.js';
import { PartitionStopped } from './reconcile.js';

/**
 * Asks where the group stands, and reconciles it. Positions that do not fit stop the partition only when they still do not fit on
 * asking again: an owner that others overtook in between is told so then. Nothing is written meanwhile, for what was read may be wrong.
 * @throws PartitionStopped, LogError `fenced`
 */
export async function standing<T>(
  session: TaskSession,
  reconciled: (committed: Offsets) => T,
): Promise<readonly [committed: Offsets, T]> {
  const ask = async () => {
    const committed = await session.committed();
    return [committed, reconciled(committed)] as const;
  };
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PartitionStopped)) throw error;
    return ask();
  }
}
