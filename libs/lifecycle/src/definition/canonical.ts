import { isEntry } from './problems.js';

/** JSON with keys in order, so that layout and comments of the YAML do not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    isEntry(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );
}
