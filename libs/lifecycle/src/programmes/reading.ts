import type { Moment, Proposal } from '../programme.js';

const day = 86_400_000;

/** A numeric fact; undefined where nothing is known. */
export function numberFact({ fact }: Moment, name: string): number | undefined {
  const value = fact(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Whether `days` have gone by since `since` (ms), or it never was. */
export function lastedSince(since: number | undefined, days: number, at: number): boolean {
  return since === undefined || at - since >= days * day;
}

/** The present values of what a proposal rests on. */
export function resting(moment: Moment, ...names: readonly string[]): NonNullable<Proposal['restsOn']> {
  return Object.fromEntries(names.map((name) => [name, plain(read(moment, name))]));
}

function read(moment: Moment, name: string): unknown {
  if (name === 'stage') return moment.stage;
  if (name === 'health') return moment.health;
  return moment.fact(name);
}

function plain(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
