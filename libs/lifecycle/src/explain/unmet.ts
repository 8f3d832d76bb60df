import type { FactName } from '#contracts';
import { daysOf, type Duration } from '../definition/duration.js';
import { compileGuard, type GuardRef } from '../definition/guards.js';
import { day } from '../facts/calendar.js';
import { readers, type Reading } from '../facts/read.js';
import { factInWords, factSpec, valueInWords } from './fact-words.js';
import { clauseOf, type Clause } from './guard-words.js';
import { sentenceOf, type Literal, type Sentence } from './literal.js';

/** What one guard still asks of a customer. */
export interface Condition {
  readonly fact: FactName;
  /** Absent where unknown, and where it names a person. */
  readonly value?: unknown;
  /** What the fact has to be, in words. */
  readonly needs: string;
  /** Value and need in one sentence. */
  readonly words: string;
  /** When time alone fulfils it, ms. */
  readonly byItselfAt?: number;
  readonly literal: Literal;
}

/**
 * The nearest conditions that keep a guard from holding: of an `or` those of the branch that asks for the fewest.
 * Empty if and only if the guard holds. When all of them are met, and nothing else changes, it holds.
 */
export function unmet(guard: GuardRef, reading: Reading): readonly Condition[] {
  return missing(clauseOf(guard), reading);
}

function missing(clause: Clause, reading: Reading): readonly Condition[] {
  if ('literal' in clause) {
    const { guard, negated } = clause.literal;
    const holds = compileGuard(guard, reading.settings.cycle)(reading);
    return holds === negated ? [condition(clause.literal, reading)] : [];
  }
  const branches = clause.parts.map((part) => missing(part, reading));
  if (clause.join === 'and') return branches.flat();
  return branches.reduce((nearest, branch) => (branch.length < nearest.length ? branch : nearest));
}

function condition(literal: Literal, reading: Reading): Condition {
  const { type, params = {} } = literal.guard;
  const length = (params['value'] ?? params['days']) as Duration;
  const timed = type === 'within' || type === 'olderThan';
  const measured = timed || type === 'atLeast' || type === 'atMost';
  const bound = measured ? daysOf(length, reading.settings.cycle)(reading) : undefined;
  const { fact, verb, rest } = sentenceOf(literal, reading.settings.cycle, bound);
  const value = readers[fact](reading);
  const needs = compared(params['than'], literal.negated, reading) ?? need(verb, rest);
  const present = `${factInWords(fact)}: ${valueInWords(fact, value, reading.at)}`;
  const turnsAt = timed && typeof value === 'number' && bound !== undefined ? value + bound * day : undefined;
  const byItself = turnsAt !== undefined && turnsAt >= reading.at && (type === 'within') === literal.negated;
  return {
    fact,
    ...(value === undefined || factSpec(fact)?.personal ? {} : { value }),
    needs,
    words: `${present}, ${needs}`,
    ...(byItself && { byItselfAt: turnsAt }),
    literal,
  };
}

function need(verb: Sentence['verb'], rest: string): string {
  switch (verb) {
    case 'is':
      return rest.startsWith('not ') ? `must not be ${rest.slice(4)}` : `needs to be ${rest}`;
    case 'are':
      return `need to be ${rest}`;
    case 'include':
      return `need to include ${rest}`;
    case 'do not include':
      return `must not include ${rest}`;
    default:
      return verb satisfies never;
  }
}

/** What a time has to be beside another one. Any time is after one that is unknown. */
function compared(than: unknown, negated: boolean, reading: Reading): string | undefined {
  if (typeof than !== 'string') return undefined;
  const other = readers[than as FactName](reading);
  if (other === undefined) return negated ? 'must not have happened' : 'needs to have happened';
  const place = `after ${factInWords(than)}, ${valueInWords(than, other, reading.at)}`;
  return negated ? `must not be ${place}` : `needs to be ${place}`;
}
