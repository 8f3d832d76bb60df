import type { KnownInputEvent } from '#contracts';
import { copied } from '../copied.js';
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

/** Its own copy while one event is folded; nested values are replaced, never changed. */
type Draft = { -readonly [Key in keyof Engagement]: Engagement[Key] };

export function foldEngagement(known: Engagement, event: EngagementEvent, tie: string): Engagement {
  const { at } = event;
  const [name, time, substance] = plain[event.type];
  const draft: Draft = copied(known);
  draft.counts = tally(known.counts, name);
  if (time !== undefined) draft.times = withTime(draft.times, time, at);
  if (substance) draft.times = withTime(draft.times, 'lastEngagedAt', at);
  switch (event.type) {
    case 'survey.answered.v1':
      foldScore(draft, event.data, at, tie);
      break;
    case 'feedback.given.v1':
      draft.sentiment = latest(known.sentiment, event.data.sentiment, at, tie);
      break;
    case 'message.complained.v1':
      draft.complained = withTime(known.complained ?? {}, event.data.channel, at);
      break;
    case 'message.bounced.v1':
      if (event.data.bounce !== 'soft') draft.bounced = withTime(known.bounced ?? {}, event.data.channel, at);
      break;
    default:
  }
  return draft;
}

/** A visit to a shop in which nothing was bought. */
export function countVisit(known: Engagement, at: number): Engagement {
  return {
    ...known,
    counts: tally(known.counts, 'visits'),
    times: withTime(known.times, 'lastVisitAt', at),
  };
}

function foldScore(
  draft: Draft,
  { survey, score }: Extract<EngagementEvent, { type: 'survey.answered.v1' }>['data'],
  at: number,
  tie: string,
): void {
  if (survey === 'feedback') return;
  if (survey === 'nps') draft.nps = latest(draft.nps, score, at, tie);
  else {
    draft.csat = latest(draft.csat, score, at, tie);
    draft.csatSum = (draft.csatSum ?? 0) + Math.round(score * 1000);
    draft.counts = tally(draft.counts, 'csatCount');
  }
  if (score >= good[survey]) draft.times = withTime(draft.times, 'lastSatisfiedAt', at);
  else if (score <= bad[survey]) draft.times = withTime(draft.times, 'lastDissatisfiedAt', at);
}

function withTime(
  times: Readonly<Record<string, number>>,
  name: string,
  at: number,
): Readonly<Record<string, number>> {
  if ((times[name] ?? 0) >= at) return times;
  const next = copied(times);
  next[name] = at;
  return next;
}
