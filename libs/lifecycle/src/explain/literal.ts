import type { FactName } from '#contracts';
import { fixedDays, type Duration } from '../definition/duration.js';
import type { GuardRef } from '../definition/guards.js';
import { amountInWords, daysInWords, factInWords, isPlural, numberInWords } from './fact-words.js';

/** A guard without `and`, `or` and `not`, or the negation of one. */
export interface Literal {
  readonly guard: GuardRef;
  readonly negated: boolean;
}

/** One guard as a sentence in parts: "recent rate" "is" "at least 1 day per cycle". */
export interface Sentence {
  readonly fact: FactName;
  readonly verb: 'is' | 'are' | 'include' | 'do not include';
  readonly rest: string;
}

type Params = Readonly<Record<string, unknown>>;

/** `bound`: the length in days, or the number, that a duration came to at one moment, where that is known. */
export function sentenceOf({ guard, negated }: Literal, cycle: number, bound?: number): Sentence {
  const params: Params = guard.params ?? {};
  const fact = params['fact'] as FactName;
  const is = (rest: string): Sentence => ({ fact, verb: isPlural(fact) ? 'are' : 'is', rest });
  const number = () =>
    amount(params['value'] as Duration, cycle, (value) => amountInWords(fact, value), bound);
  const days = () => amount(params['days'] as Duration, cycle, daysInWords, bound);
  switch (guard.type) {
    case 'atLeast':
      return is(`${negated ? 'below' : 'at least'} ${number()}`);
    case 'atMost':
      return is(`${negated ? 'above' : 'at most'} ${number()}`);
    case 'is':
      return is(`${negated ? 'other than ' : ''}${word(params['value'])}`);
    case 'has':
      return { fact, verb: negated ? 'do not include' : 'include', rest: word(params['value']) };
    case 'within':
      return is(`${negated ? 'not ' : ''}within the last ${days()}`);
    case 'olderThan':
      return is(`${negated ? 'not ' : ''}at least ${days()} ago`);
    case 'after':
      return is(`${negated ? 'not ' : ''}after ${factInWords(String(params['than']))}`);
    default:
      return is(`${negated ? 'not ' : ''}${guard.type}`);
  }
}

const word = (value: unknown) => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** A duration's words: its own where it is fixed, else the fact that it follows. */
function amount(
  duration: Duration,
  cycle: number,
  words: (value: number) => string,
  bound: number | undefined,
): string {
  if (bound !== undefined) return words(bound);
  if (typeof duration === 'number') return words(duration);
  if ('cycles' in duration) return words(fixedDays(duration, cycle));
  return `${followed(duration)}`;
}

/** Such as "2 × the silence that makes overdue, at least 90 and at most 400 days". */
export function followed({
  fact,
  times = 1,
  atLeast,
  atMost,
}: Exclude<Duration, number | { cycles: number }>) {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${numberInWords(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${numberInWords(atMost)}`]),
  ];
  const limits = bounds.length === 0 ? '' : `, ${bounds.join(' and ')} days`;
  return `${times === 1 ? '' : `${numberInWords(times)} × `}${factInWords(fact)}${limits}`;
}
