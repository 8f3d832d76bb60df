import { stages } from '#contracts';
import type { Stage } from '../types.js';
import { checkKeys, isEntry, shown, type Report } from './problems.js';

/** By the stage under the earlier definition, the stage under this one; the same where it is not named. */
export interface Migration {
  readonly stages: Readonly<Partial<Record<Stage, Stage>>>;
}

export function checkMigration(migration: unknown, report: Report): Migration {
  const none = { stages: {} };
  if (migration === undefined) return none;
  if (!isEntry(migration)) {
    report('migration', `${shown(migration)} is no migration`, '{ stages: { expansion: awareness } }');
    return none;
  }
  checkKeys(migration, 'migration', ['stages'], report);
  const map = migration['stages'] ?? {};
  if (!isEntry(map)) {
    report('migration.stages', `${shown(map)} is no map of stages`, stages);
    return none;
  }
  for (const [from, to] of Object.entries(map)) {
    if (!isStage(from)) report(`migration.stages.${from}`, `unknown stage '${from}'`, stages);
    if (!isStage(to)) report(`migration.stages.${from}`, `unknown stage ${shown(to)}`, stages);
  }
  return { stages: map };
}

const isStage = (name: unknown): name is Stage => (stages as readonly unknown[]).includes(name);
