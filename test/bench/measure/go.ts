import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Arena, Field } from '../arena.js';
import type { Contestant, Started } from '../contestants/contestant.js';
import { assigned } from './group-progress.js';

/** Starts the contestant, waits until its group has its partitions, does the work, and leaves nothing behind. */
export async function go<T>(
  contestant: Contestant,
  id: string,
  arena: Arena,
  { prefix }: Field,
  work: (started: Started) => Promise<T>,
): Promise<T> {
  const folder = join(arena.folder, id);
  mkdirSync(folder);
  let started: Started | undefined;
  try {
    started = await contestant.start({ ...arena, prefix, id, folder });
    const { died, group } = started;
    await Promise.race([assigned(arena.admin, group), died]);
    return await Promise.race([work(started), died]);
  } finally {
    await started?.stop();
    await contestant.cleanUp?.();
    rmSync(folder, { recursive: true, force: true });
  }
}
