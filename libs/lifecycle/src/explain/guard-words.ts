import type { GuardRef } from '../definition/guards.js';
import { factInWords } from './fact-words.js';
import { sentenceOf, type Literal } from './literal.js';

/** A guard without `not` above `and` and `or`: each `not` stands at the guard that it is about. */
export type Clause =
  { readonly literal: Literal } | { readonly join: 'and' | 'or'; readonly parts: readonly Clause[] };

export function clauseOf(guard: GuardRef, negated = false): Clause {
  const { type, params = {} } = guard;
  switch (type) {
    case 'not':
      return clauseOf(params['guard'] as GuardRef, !negated);
    case 'and':
    case 'or': {
      const parts = (params['guards'] as readonly GuardRef[]).map((part) => clauseOf(part, negated));
      return { join: (type === 'and') === negated ? 'or' : 'and', parts };
    }
    default:
      return { literal: { guard, negated } };
  }
}

/** A guard as a sentence for people; lengths in days by the definition's `cycle`. */
export function guardInWords(guard: GuardRef, cycle: number): string {
  return inWords(clauseOf(guard), cycle, undefined);
}

function inWords(clause: Clause, cycle: number, within: 'and' | 'or' | undefined): string {
  if ('literal' in clause) {
    const { fact, verb, rest } = sentenceOf(clause.literal, cycle);
    return `${factInWords(fact)} ${verb} ${rest}`;
  }
  const { join, parts } = clause;
  const words = parts.map((part) => inWords(part, cycle, parts.length > 1 ? join : within)).join(` ${join} `);
  return within !== undefined && within !== join && parts.length > 1 ? `(${words})` : words;
}
