import type { Moment, Proposal } from '../programme.js';
import { daysAfter, eventOf, lastedSince, numberFact, readFacts } from './reading.js';
import type { ReferralSettings } from './referral-settings.js';

/** Asks to bring friends: a promoter who says so, and one who becomes committed; nobody who has a reason not to. */
export function invitation(
  moment: Moment,
  settings: ReferralSettings,
  invitedAt: number | undefined,
): Proposal | undefined {
  const occasion = occasionOf(moment);
  if (!occasion || moment.late || !lastedSince(invitedAt, settings.everyDays, moment.at)) return undefined;
  if (moment.health !== 'well' && moment.health !== 'recovering') return undefined;
  const glad = moment.fact('detractor') !== true && !numberFact(moment, 'openCases');
  if (!glad || !numberFact(moment, 'purchases')) return undefined;
  const { referrer, friend } = settings.credit;
  return {
    slot: 'invitation',
    programme: 'referral',
    kind: 'message',
    purpose: 'marketing',
    channels: settings.channels,
    audience: 'customer',
    template: 'referral.invitation',
    variables: {
      occasion,
      credit: referrer,
      friendCredit: friend,
      currency: moment.fact('lastOrderCurrency'),
    },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: `referral.${occasion}`,
      facts: readFacts(moment, 'lastNps', 'stage', 'purchases', 'referralsJoined'),
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'detractor', 'openCases', 'endedBySupplier'),
  };
}

function occasionOf(moment: Moment): 'promoter' | 'committed' | undefined {
  const event = eventOf(moment);
  if (event?.type === 'survey.answered.v1' && event.data.survey === 'nps' && event.data.score >= 9)
    return 'promoter';
  return moment.transitions.some(({ to }) => to === 'commitment') ? 'committed' : undefined;
}
