import type { KnownInputEvent } from '#contracts';
import type { Moment, Proposal } from '../programme.js';
import { timerName } from '../timers.js';

const day = 86_400_000;

/** The event that made this moment, by type; undefined where a timer did. */
export function eventOf({ cause }: Moment): KnownInputEvent | undefined {
  return 'due' in cause ? undefined : (cause as KnownInputEvent);
}

/** Whether this moment is the firing of the programme's own timer of this name. */
export function fired({ cause }: Moment, programme: string, timer: string): boolean {
  return 'due' in cause && cause.name === timerName(programme, timer);
}

/** A numeric fact; undefined where nothing is known. */
export function numberFact({ fact }: Moment, name: string): number | undefined {
  const value = fact(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Whether `days` have gone by since `since` (ms), or it never was. */
export function lastedSince(since: number | undefined, days: number, at: number): boolean {
  return since === undefined || at - since >= days * day;
}

type Plain = string | number | boolean | null;

/** The present values of plain facts, unknown as null: for evidence, and for what a proposal rests on. */
export function readFacts({ fact }: Moment, ...names: readonly string[]): Record<string, Plain> {
  const facts: Record<string, Plain> = {};
  for (let i = 0; i < names.length; i++) facts[names[i]!] = plain(fact(names[i]!));
  return facts;
}

function plain(value: unknown): Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The end of a span of days that begins at this moment, ms. */
export function daysAfter({ at }: Pick<Moment, 'at'>, days: number): number {
  return at + days * day;
}

export type RestsOn = NonNullable<Proposal['restsOn']>;
