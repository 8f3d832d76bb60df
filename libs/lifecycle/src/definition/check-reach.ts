import type { Report } from './problems.js';

export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Every state can be reached from the first one, and every stage has a way to dissolution, which is left again. */
export function checkReach(
  region: 'stage' | 'health',
  states: readonly string[],
  edges: readonly Edge[],
  path: string,
  report: Report,
): void {
  const reached = closure(states[0]!, (state) => edges.filter((e) => e.from === state).map((e) => e.to));
  for (const state of states)
    if (!reached.has(state)) report(`${path}.${state}`, `unreachable ${region}: no transitions lead here`);
  if (region === 'health') return;
  const ends = closure('dissolution', (state) => edges.filter((e) => e.to === state).map((e) => e.from));
  for (const state of states) {
    if (!ends.has(state)) report(`${path}.${state}`, 'no way leads from here to dissolution');
    if (!edges.some((e) => e.from === state && e.to !== state))
      report(`${path}.${state}`, 'no transition leads out of here');
  }
}

function closure(start: string, next: (state: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([start]);
  for (const state of found) for (const other of next(state)) found.add(other);
  return found;
}
