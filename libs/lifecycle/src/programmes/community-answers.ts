import type { DataOf } from '#contracts';
import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import { daysAfter, lastedSince, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

export const answersSettings = {
  mentions: Type.Object(
    {
      everyDays: days(7, 'A kind mention is answered at most once in so many days,'),
      angryEveryDays: days(1, 'an angry one once in so many: the first task has all of them in view.'),
      validDays: days(3, 'Not answered later than so many days after it.'),
      priority: priority(20),
      angryPriority: priority(90),
    },
    { additionalProperties: false, default: {} },
  ),
  entryThanks: Type.Object(
    {
      validDays: days(3, 'Not thanked for later than so many days after the entry.'),
      priority: priority(30),
      channels: channelOrder('email', 'push'),
    },
    { additionalProperties: false, default: {} },
  ),
};

export type AnswersSettings = Static<ReturnType<typeof Type.Object<typeof answersSettings>>>;

/** When mentions were last answered, ms, and the contests whose entry was thanked for, the latest last. */
export interface Answered {
  readonly kindAt?: number;
  readonly angryAt?: number;
  readonly contests?: readonly string[];
}

export interface Answer {
  readonly proposals: readonly Proposal[];
  readonly answered?: Answered;
}

const silent: Answer = { proposals: [] };
const mostContests = 8;

/**
 * What was said in public is answered there by staff. An angry word is recovery: the support lead takes it up at once, and
 * no control group goes without. A kind one, or one that nobody judged, goes to the shop, while no case is open.
 */
export function answerMention(
  { sentiment, network, url }: DataOf<'social.mentioned.v1'>,
  moment: Moment,
  { mentions }: AnswersSettings,
  answered: Answered,
): Answer {
  if (moment.late || sentiment === 'neutral') return silent;
  const facts = readFacts(moment, 'socialMentions', 'openCases', 'lastNps', 'stage');
  const told = {
    slot: 'mention',
    kind: 'task',
    purpose: 'internal',
    channels: ['social'],
    variables: { network, ...(sentiment && { sentiment }), ...(url !== undefined && { url }) },
    notBefore: moment.at,
    expiresAt: daysAfter(moment, mentions.validDays),
  } as const;
  if (sentiment === 'negative') {
    if (!lastedSince(answered.angryAt, mentions.angryEveryDays, moment.at)) return silent;
    const proposal: Proposal = {
      ...told,
      programme: 'recovery',
      audience: 'support-lead',
      template: 'recovery.mention',
      priority: mentions.angryPriority,
      evidence: { rule: 'mention.angry', facts, causes: [moment.causeId] },
    };
    return { proposals: [proposal], answered: { ...answered, angryAt: moment.at } };
  }
  const calm = (numberFact(moment, 'openCases') ?? 0) === 0;
  if (!calm || !lastedSince(answered.kindAt, mentions.everyDays, moment.at)) return silent;
  const proposal: Proposal = {
    ...told,
    programme: 'community',
    audience: 'shop',
    template: 'community.mention',
    priority: mentions.priority,
    evidence: { rule: 'mention.kind', facts, causes: [moment.causeId] },
  };
  return { proposals: [proposal], answered: { ...answered, kindAt: moment.at } };
}

/** Thanks for taking part in a contest, once for each. */
export function thankEntry(
  { contestId }: DataOf<'contest.entered.v1'>,
  moment: Moment,
  { entryThanks }: AnswersSettings,
  answered: Answered,
): Answer {
  const { contests = [] } = answered;
  if (moment.late || contests.includes(contestId)) return silent;
  if ((numberFact(moment, 'openCases') ?? 0) > 0 || moment.stage === 'dissolution') return silent;
  const facts = readFacts(moment, 'contestEntries', 'openCases');
  const proposal: Proposal = {
    slot: 'entry',
    programme: 'community',
    kind: 'message',
    purpose: 'service',
    channels: entryThanks.channels,
    audience: 'customer',
    template: 'community.entry',
    variables: { contestId },
    priority: entryThanks.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, entryThanks.validDays),
    evidence: { rule: 'community.entry', facts, causes: [moment.causeId] },
    restsOn: readFacts(moment, 'openCases', 'endedBySupplier'),
  };
  return {
    proposals: [proposal],
    answered: { ...answered, contests: [...contests, contestId].slice(-mostContests) },
  };
}
