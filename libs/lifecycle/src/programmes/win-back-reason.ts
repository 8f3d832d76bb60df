import type { Moment } from '../programme.js';
import { eventOf, lastedSince, numberFact } from './reading.js';
import type { LeavingReason, WinBackSettings } from './win-back-settings.js';

/** A reason that somebody gave, ms. */
export interface Said {
  readonly reason: LeavingReason;
  readonly at: number;
}

/** What the customer's own words mean: a reason of leaving, or no to being won back. */
export interface Word {
  readonly reason?: LeavingReason;
  readonly no?: true;
}

const coded = (text: string | undefined) =>
  text
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
const objection: Word = { no: true };

/** `asked`: the actions of the ladder that is being climbed; the answer to another's offer is no answer to it. */
export function wordOf(
  moment: Moment,
  settings: WinBackSettings,
  asked: readonly string[],
): Word | undefined {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'subscription.cancelled.v1':
      return spoken(event.data.reason, settings);
    case 'offer.declined.v1': {
      const { actionId, reason } = event.data;
      const ours = actionId === undefined || asked.includes(actionId);
      return { ...spoken(reason, settings), ...(ours && objection) };
    }
    case 'contact.made.v1':
      return spoken(event.data.outcome, settings);
    case 'task.completed.v1':
      return asked.includes(event.data.actionId) ? spoken(event.data.outcome, settings) : undefined;
    case 'message.unsubscribed.v1':
      return (event.data.purpose ?? 'marketing') === 'marketing' ? objection : undefined;
    case 'consent.changed.v1':
      return event.data.purpose === 'marketing' && !event.data.granted ? objection : undefined;
    case 'message.complained.v1':
      return objection;
    default:
      return undefined;
  }
}

function spoken(text: string | undefined, { codes, no }: WinBackSettings): Word | undefined {
  const code = coded(text);
  if (code === undefined) return undefined;
  if (no.includes(code)) return objection;
  return Object.hasOwn(codes, code) ? { reason: codes[code]! } : undefined;
}

/** Why the customer leaves: what was said lately, else a bad experience lately, else nobody knows. */
export function reasonOf(
  moment: Moment,
  { reasonDays }: WinBackSettings,
  said: Said | undefined,
): LeavingReason {
  const recent = (at: number | undefined) => at !== undefined && !lastedSince(at, reasonDays, moment.at);
  if (said && recent(said.at)) return said.reason;
  const unhappy =
    moment.fact('detractor') === true ||
    (numberFact(moment, 'openCases') ?? 0) > 0 ||
    badExperiences.some((name) => recent(numberFact(moment, name)));
  return unhappy ? 'dissatisfied' : 'silent';
}

const badExperiences = [
  'lastDissatisfiedAt',
  'lastComplaintAt',
  'lastCaseEscalatedAt',
  'lastCaseReopenedAt',
  'lastCaseOverdueAt',
];
