import type { Moment } from '../programme.js';
import { numberFact } from './reading.js';

const day = 86_400_000;

/** Whether a case is open of which something was heard within `days` before `at`, ms; one that everybody forgot stops nothing. */
export function hasOpenCase(moment: Moment, days: number, at = moment.at): boolean {
  if ((numberFact(moment, 'openCases') ?? 0) === 0) return false;
  return at - (numberFact(moment, 'openCaseAt') ?? at) <= days * day;
}
