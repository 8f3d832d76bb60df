import type { KnownInputEvent } from '#contracts';
import { own } from '../own.js';
import { acknowledge, begin, climb, saidKey } from './recovery-ladder.js';
import { withoutCase } from './recovery-cases.js';
import { isBusy, type Work } from './recovery-work.js';

type DataOf<T extends KnownInputEvent['type']> = Extract<KnownInputEvent, { readonly type: T }>['data'];

const day = 86_400_000;
const detractor = 6;
const dissatisfied = 2;
const badReview = 2;

/** A low score calls for a call; a good one about a case answers what we would have asked. */
export function scored(work: Work, { survey, score, caseId }: DataOf<'survey.answered.v1'>): void {
  const low = survey === 'nps' ? score <= detractor : survey === 'csat' && score <= dissatisfied;
  const known = caseId === undefined ? undefined : own(work.cases, caseId);
  if (known?.next === 'check') {
    if (low) displeasedWith(work, caseId!);
    else if (survey === 'csat') work.cases = withoutCase(work.cases, caseId!);
    return;
  }
  if (!low || (survey === 'nps' && work.moment.fact('detractor') === false)) return;
  displeased(work, survey === 'nps' ? 'detractor' : 'dissatisfied');
}

export function reviewed(work: Work, { rating }: DataOf<'review.posted.v1'>): void {
  if (rating <= badReview) displeased(work, 'badReview');
}

export function toldUs(work: Work, { sentiment }: DataOf<'feedback.given.v1'>): void {
  if (sentiment === 'negative') displeased(work, 'negativeFeedback');
}

/** Opens the same recovery as a case does, unless one runs: whoever deals with that hears of this too. */
function displeased(work: Work, cause: string): void {
  const { moment, now, settings } = work;
  if (now - moment.at > settings.silentDays * day) return;
  if (isBusy(work)) return;
  if (Object.values(work.cases).some(({ next, said }) => said && next !== 'check')) return;
  const fresh = { since: moment.at, rung: -1, faults: 0, cause, said: true } as const;
  begin(work, saidKey, acknowledge(work, saidKey, fresh, cause));
}

/** A resolution that did not please: the next one up takes it, and the task done ends it. */
function displeasedWith(work: Work, caseId: string): void {
  const known = own(work.cases, caseId)!;
  climb(work, caseId, { ...known, since: work.moment.at, cause: 'dissatisfied', said: true });
}
