import type { FactName } from '#contracts';
import { noEngagement } from './engagement.js';
import { addressSince, noProfile } from './profile.js';
import type { Reader, Reading } from './read.js';

const engagementOf = ({ facts }: Reading) => facts.engagement ?? noEngagement;
const profileOf = ({ facts }: Reading) => facts.profile ?? noProfile;
const counted =
  (name: string): Reader =>
  (it) =>
    engagementOf(it).counts[name] ?? 0;
const timed =
  (name: string): Reader =>
  (it) =>
    engagementOf(it).times[name];

export const engagementReaders = {
  abandonedCarts: counted('abandonedCarts'),
  lastCartAbandonedAt: timed('lastCartAbandonedAt'),
  lastDeliveredAt: timed('lastDeliveredAt'),
  lastNps: (it) => engagementOf(it).nps?.[0],
  lastNpsAt: (it) => engagementOf(it).nps?.[1],
  detractor: (it) => (engagementOf(it).nps?.[0] ?? 10) <= 6,
  promoter: (it) => (engagementOf(it).nps?.[0] ?? 0) >= 9,
  csatMean: (it) => {
    const { csatSum, counts } = engagementOf(it);
    return csatSum === undefined ? undefined : csatSum / 1000 / (counts['csatCount'] ?? 1);
  },
  csatCount: counted('csatCount'),
  lastCsat: (it) => engagementOf(it).csat?.[0],
  lastCsatAt: (it) => engagementOf(it).csat?.[1],
  lastSatisfiedAt: timed('lastSatisfiedAt'),
  lastDissatisfiedAt: timed('lastDissatisfiedAt'),
  lastSentiment: (it) => engagementOf(it).sentiment?.[0],
  lastSentimentAt: (it) => engagementOf(it).sentiment?.[1],
  visits: counted('visits'),
  lastVisitAt: timed('lastVisitAt'),
  clicks: counted('clicks'),
  lastClickAt: timed('lastClickAt'),
  messagesDelivered: counted('messagesDelivered'),
  messagesFailed: counted('messagesFailed'),
  bounces: counted('bounces'),
  spamComplaints: counted('spamComplaints'),
  lastComplaintAt: timed('lastComplaintAt'),
  unsubscribes: counted('unsubscribes'),
  closedChannels,
  campaignsSent: counted('campaignsSent'),
  couponsRedeemed: counted('couponsRedeemed'),
  lastCouponRedeemedAt: timed('lastCouponRedeemedAt'),
  surveysAnswered: counted('surveysAnswered'),
  lastSurveyAnsweredAt: timed('lastSurveyAnsweredAt'),
  surveysExpired: counted('surveysExpired'),
  offersDeclined: counted('offersDeclined'),
  reviews: counted('reviews'),
  socialMentions: counted('socialMentions'),
  contestEntries: counted('contestEntries'),
  communityMember: (it) => (engagementOf(it).counts['communitiesJoined'] ?? 0) > 0,
  referralsMade: counted('referralsMade'),
  referralsJoined: counted('referralsJoined'),
  redemptionsRequested: counted('redemptionsRequested'),
  lastEngagedAt: timed('lastEngagedAt'),
} satisfies Partial<Record<FactName, Reader>>;

const addressOf: Readonly<Record<string, 'email' | 'phone'>> = {
  email: 'email',
  sms: 'phone',
  phone: 'phone',
};

const noneClosed = {};

function closedChannels(it: Reading): Readonly<Record<string, string>> {
  const { complained, bounced } = engagementOf(it);
  if (!complained && !bounced) return noneClosed;
  const closed: Record<string, string> = {};
  for (const [channel, at] of Object.entries(bounced ?? {})) {
    const address = addressOf[channel];
    const changed = address && addressSince(profileOf(it), address);
    if (changed === undefined || changed <= at) closed[channel] = 'bounced';
  }
  for (const [channel, at] of Object.entries(complained ?? {}))
    if (!consentedSince(it, channel, at)) closed[channel] = 'complained';
  return closed;
}

function consentedSince(it: Reading, channel: string, at: number): boolean {
  return Object.entries(profileOf(it).consents).some(
    ([key, [granted, changed]]) => granted && changed > at && key.startsWith(`${channel}:`),
  );
}
