import { bundledDefinition, createLifecycle, loadDefinition, type Lifecycle } from '#lifecycle';

const first = loadDefinition(bundledDefinition());
/** What operators go over to in the middle: another rhythm, other stages for some, and a programme less. */
const second = loadDefinition(
  bundledDefinition()
    .replace(/^version: \d+$/m, 'version: 2\nmigration: { stages: { awareness: exploration } }')
    .replace(/^cycle: \d+$/m, 'cycle: 12')
    .replace(/^ {2}win-back: .*$/m, ''),
);

export const definitions = [first, second] as const;
const lifecycles = new Map(definitions.map((it) => [it.hash, createLifecycle(it)]));

/** @throws RangeError for a hash of neither. */
export function lifecycleOf(hash: string): Lifecycle {
  const found = lifecycles.get(hash);
  if (!found) throw new RangeError(`no definition has the hash ${hash}`);
  return found;
}
