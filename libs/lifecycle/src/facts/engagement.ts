import type { KnownInputEvent } from '#contracts';
import { latest, tally, type Latest } from './latest.js';

export interface Engagement {
  /** By fact name. */
  readonly counts: Readonly<Record<string, number>>;
  /** By fact name, ms. */
  readonly times: Readonly<Record<string, number>>;
  readonly nps?: Latest<number>;
  readonly csat?: Latest<number>;
  readonly csatSum?: number;
  readonly sentiment?: Latest<string>;
  /** By channel, ms: the latest complaint and hard bounce. */
  readonly complained?: Readonly<Record<string, number>>;
  readonly bounced?: Readonly<Record<string, number>>;
}

export const noEngagement: Engagement = { counts: {}, times: {} };

export type EngagementEvent = Extract<
  KnownInputEvent,
  {
    readonly type:
      | 'cart.abandoned.v1'
      | 'order.delivered.v1'
      | `${'page' | 'message' | 'survey' | 'offer' | 'feedback' | 'review' | 'social' | 'contest'}.${string}`
      | `${'community' | 'referral' | 'redemption' | 'campaign' | 'coupon'}.${string}`;
  }
>;

/** What each type counts as, the time that it keeps, and whether it is an act of substance. */
const plain: Readonly<
  Record<EngagementEvent['type'], readonly [counts: string, times?: string | undefined, substance?: boolean]>
> = {
  'cart.abandoned.v1': ['abandonedCarts', 'lastCartAbandonedAt'],
  'order.delivered.v1': ['deliveries', 'lastDeliveredAt'],
  'page.visited.v1': ['visits', 'lastVisitAt'],
  'message.delivered.v1': ['messagesDelivered'],
  'message.failed.v1': ['messagesFailed'],
  'message.clicked.v1': ['clicks', 'lastClickAt', true],
  'message.bounced.v1': ['bounces'],
  'message.unsubscribed.v1': ['unsubscribes'],
  'message.complained.v1': ['spamComplaints', 'lastComplaintAt'],
  'survey.answered.v1': ['surveysAnswered', 'lastSurveyAnsweredAt', true],
  'survey.expired.v1': ['surveysExpired'],
  'offer.declined.v1': ['offersDeclined'],
  'feedback.given.v1': ['feedbacks', 'lastSentimentAt', true],
  'review.posted.v1': ['reviews', undefined, true],
  'social.mentioned.v1': ['socialMentions', undefined, true],
  'contest.entered.v1': ['contestEntries', undefined, true],
  'community.joined.v1': ['communitiesJoined', undefined, true],
  'referral.made.v1': ['referralsMade', undefined, true],
  'referral.joined.v1': ['joinedByReferral'],
  'referral.converted.v1': ['referralsJoined', undefined, true],
  'referral.accepted.v1': ['referralsAccepted'],
  'redemption.requested.v1': ['redemptionsRequested', undefined, true],
  'campaign.sent.v1': ['campaignsSent'],
  'coupon.redeemed.v1': ['couponsRedeemed', 'lastCouponRedeemedAt', true],
};

export const isEngagement = (event: KnownInputEvent): event is EngagementEvent =>
  Object.hasOwn(plain, event.type);

const good = { nps: 7, csat: 4 };
const bad = { nps: 6, csat: 2 };

export function foldEngagement(known: Engagement, event: EngagementEvent, tie: string): Engagement {
  const { at } = event;
  const [name, time, substance] = plain[event.type];
  let times = known.times;
  if (time !== undefined) times = withTime(times, time, at);
  if (substance) times = withTime(times, 'lastEngagedAt', at);
  const next: Engagement = { ...known, counts: tally(known.counts, name), times };
  switch (event.type) {
    case 'survey.answered.v1':
      return withScore(next, event.data, at, tie);
    case 'feedback.given.v1':
      return { ...next, sentiment: latest(known.sentiment, event.data.sentiment, at, tie) };
    case 'message.complained.v1':
      return { ...next, complained: withTime(known.complained ?? {}, event.data.channel, at) };
    case 'message.bounced.v1':
      if (event.data.bounce === 'soft') return next;
      return { ...next, bounced: withTime(known.bounced ?? {}, event.data.channel, at) };
    default:
      return next;
  }
}

function withScore(
  known: Engagement,
  { survey, score }: Extract<EngagementEvent, { type: 'survey.answered.v1' }>['data'],
  at: number,
  tie: string,
): Engagement {
  if (survey === 'feedback') return known;
  const next: Engagement =
    survey === 'nps'
      ? { ...known, nps: latest(known.nps, score, at, tie) }
      : {
          ...known,
          csat: latest(known.csat, score, at, tie),
          csatSum: (known.csatSum ?? 0) + Math.round(score * 1000),
          counts: tally(known.counts, 'csatCount'),
        };
  if (score >= good[survey]) return { ...next, times: withTime(next.times, 'lastSatisfiedAt', at) };
  if (score <= bad[survey]) return { ...next, times: withTime(next.times, 'lastDissatisfiedAt', at) };
  return next;
}

function withTime(
  times: Readonly<Record<string, number>>,
  name: string,
  at: number,
): Readonly<Record<string, number>> {
  return (times[name] ?? 0) >= at ? times : { ...times, [name]: at };
}
