import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import { daysAfter, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

const asked = (after: number, description: string) =>
  Type.Object(
    {
      afterDays: days(after, description),
      validDays: days(14, 'Not sent later than so many days after that.'),
      priority: priority(25),
      channels: channelOrder('email', 'push'),
    },
    { additionalProperties: false, default: {} },
  );

export const asksSettings = {
  invitation: asked(7, 'Invited to the community so many days after expansion or commitment was reached.'),
  invitationEveryDays: days(365, 'Invited a second and last time no sooner than so many days later.'),
  panel: asked(
    14,
    'Asked into the co-creation panel so many days after becoming a committed promoter; once.',
  ),
  contest: asked(30, 'Asked to the contest of the day so many days after becoming a committed promoter,'),
  contestEveryDays: days(180, 'and again no sooner than so many days after that, or after taking part.'),
};

export type AsksSettings = Static<ReturnType<typeof Type.Object<typeof asksSettings>>>;

export type AskName = 'invitation' | 'panel' | 'contest';
export const asks = ['invitation', 'panel', 'contest'] as const;

/** Of one ask: how often it was put, the last time, ms, that action's id, whether it was refused, and when it is due, ms. */
export interface Asked {
  readonly times: number;
  readonly at?: number;
  readonly actionId?: string;
  readonly no?: true;
  readonly due?: number;
}

const most: Readonly<Record<AskName, number>> = { invitation: 2, panel: 1, contest: Infinity };

/** Whether the customer is somebody to ask this: the stage alone for the invitation, a promoter besides for the rest. */
export function isEligible(name: AskName, { stage, fact }: Moment): boolean {
  if (name === 'invitation')
    return (stage === 'expansion' || stage === 'commitment') && fact('communityMember') !== true;
  return stage === 'commitment' && fact('promoter') === true;
}

/** Nobody is asked for more who would not recommend us, or waits for help. */
export function isContent(moment: Moment): boolean {
  return moment.fact('detractor') !== true && (numberFact(moment, 'openCases') ?? 0) === 0;
}

/** When it may be put next, ms; undefined where it was put as often as it may be. */
export function nextAsk(
  name: AskName,
  { times, at, no }: Asked,
  moment: Moment,
  settings: AsksSettings,
): number | undefined {
  if (no || times >= most[name]) return undefined;
  const soonest = daysAfter(moment, settings[name].afterDays);
  if (at === undefined) return soonest;
  const every = name === 'contest' ? settings.contestEveryDays : settings.invitationEveryDays;
  return Math.max(soonest, daysAfter({ at }, every));
}

export function ask(name: AskName, moment: Moment, settings: AsksSettings): Proposal {
  const { validDays, priority, channels } = settings[name];
  const facts = readFacts(moment, 'stage', 'communityMember', 'promoter', 'detractor', 'openCases');
  return {
    slot: name,
    programme: 'community',
    kind: 'message',
    purpose: 'marketing',
    channels,
    audience: 'customer',
    template: `community.${name}`,
    variables: {},
    priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, validDays),
    evidence: { rule: `community.${name}`, facts, causes: [moment.causeId] },
    restsOn: readFacts(moment, 'communityMember', 'detractor', 'openCases', 'endedBySupplier'),
  };
}
