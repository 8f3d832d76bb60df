import { facts as catalogue, type FactName } from '#contracts';
import { day } from './calendar.js';
import { noEngagement } from './engagement.js';
import type { Facts, FoldSettings } from './fold.js';
import { addressSince, isEnded, noProfile } from './profile.js';
import { noPurchases } from './purchases.js';
import { purchaseReaders } from './read-purchases.js';
import { supportReaders } from './read-support.js';

/** A customer's standing in the machine, as facts. */
export interface Standing {
  readonly stage: string;
  readonly health: string;
  /** ms; 0 before the first event. */
  readonly stageSince: number;
  readonly healthSince: number;
}

export interface ReadSettings extends FoldSettings {
  /** The trade's usual gap and the least silence that counts as overdue, days. */
  readonly cycle: number;
  readonly overdueFloor: number;
}

/** All that a reader may look at. `at` is the moment, ms. */
export interface Reading {
  readonly facts: Facts;
  readonly standing: Standing;
  readonly at: number;
  readonly settings: ReadSettings;
}

export type Reader = (reading: Reading) => unknown;

const engagementOf = ({ facts }: Reading) => facts.engagement ?? noEngagement;
const counted =
  (name: string): Reader =>
  (it) =>
    engagementOf(it).counts[name] ?? 0;
const timed =
  (name: string): Reader =>
  (it) =>
    engagementOf(it).times[name];
const profileOf = ({ facts }: Reading) => facts.profile ?? noProfile;
const field =
  (name: string): Reader =>
  (it) =>
    profileOf(it).fields[name]?.[0] ?? undefined;
const since = (at: number | undefined, now: number) =>
  at === undefined ? undefined : Math.max(0, Math.floor((now - at) / day));
const ifSet = (at: number) => (at === 0 ? undefined : at);

const engagementReaders = {
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

const profileReaders = {
  preferredName: field('preferredName'),
  birthday: field('birthday'),
  locale: field('locale'),
  timeZone: field('timeZone'),
  customerSince: (it) => {
    const given = profileOf(it).fields['customerSince']?.[0];
    return typeof given === 'string' ? Date.parse(given) : it.facts.firstAt;
  },
  consents: consentsOf,
  accountManager: field('accountManager'),
  relationshipType: field('relationshipType'),
  flags: (it) =>
    Object.entries(profileOf(it).flags)
      .filter(([, [raised]]) => raised)
      .map(([flag]) => flag)
      .sort(),
  endedBySupplier: (it) => isEnded(profileOf(it)),
  endedAt: (it) => profileOf(it).endedAt,
  subscription: (it) => profileOf(it).subscription?.[0],
  subscriptionRenewals: (it) => profileOf(it).renewals ?? 0,
  subscriptionChangedAt: (it) => profileOf(it).subscription?.[1],
} satisfies Partial<Record<FactName, Reader>>;

const relationshipReaders = {
  stage: (it) => it.standing.stage,
  health: (it) => it.standing.health,
  stageSince: (it) => ifSet(it.standing.stageSince),
  healthSince: (it) => ifSet(it.standing.healthSince),
  daysInStage: (it) => since(it.standing.stageSince || it.facts.firstAt, it.at),
  purchasesSinceHealth: (it) => {
    const from = it.settings.calendar.day(it.standing.healthSince);
    const { days } = it.facts.purchases ?? noPurchases;
    let count = 0;
    while (count < days.length && days[days.length - 1 - count]! > from) count++;
    return count;
  },
  lastEventAt: (it) => it.facts.lastAt,
  firstEventAt: (it) => it.facts.firstAt,
  lateEvents: (it) => it.facts.late ?? 0,
} satisfies Partial<Record<FactName, Reader>>;

/** How each fact is read: plain functions of the folded facts, the customer's standing and the moment. */
export const readers: Readonly<Record<FactName, Reader>> = {
  ...purchaseReaders,
  ...supportReaders,
  ...engagementReaders,
  ...profileReaders,
  ...relationshipReaders,
};

export const isFact = (name: unknown): name is FactName =>
  typeof name === 'string' && Object.hasOwn(catalogue, name);

/** @throws RangeError for a name that is no fact. */
export function readFact(name: string, reading: Reading): unknown {
  if (!isFact(name)) throw new RangeError(`there is no fact '${name}'`);
  return readers[name](reading);
}

/** Every fact of which something is known, by name. */
export function readAll(reading: Reading): Readonly<Partial<Record<FactName, unknown>>> {
  const known: Partial<Record<FactName, unknown>> = {};
  for (const name of Object.keys(readers) as FactName[]) {
    const value = readers[name](reading);
    if (value !== undefined) known[name] = value;
  }
  return known;
}

const addressOf: Readonly<Record<string, 'email' | 'phone'>> = {
  email: 'email',
  sms: 'phone',
  phone: 'phone',
};

function closedChannels(it: Reading): Readonly<Record<string, string>> {
  const { complained, bounced } = engagementOf(it);
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

function consentsOf(it: Reading): Readonly<Record<string, 'granted' | 'withdrawn'>> {
  const { consents } = profileOf(it);
  const words: Record<string, 'granted' | 'withdrawn'> = {};
  for (const key of Object.keys(consents).sort()) words[key] = consents[key]![0] ? 'granted' : 'withdrawn';
  return words;
}
