/**
 * What a definition, a programme or an analyst may ask about a customer, by name. Every fact is read at one moment
 * (`at`, event time); one of which nothing is known reads as `undefined`. Counts read 0 instead.
 */
export interface FactSpec {
  /** number: finite; time: ms since the epoch; flag: boolean; list: array of text; map: plain object. */
  readonly kind: 'number' | 'time' | 'flag' | 'text' | 'list' | 'map';
  readonly unit: string;
  readonly definition: string;
  /** Names a person: never put into evidence or an output. */
  readonly personal?: true;
}

const count = (unit: string, definition: string): FactSpec => ({ kind: 'number', unit, definition });
const days = (definition: string): FactSpec => ({ kind: 'number', unit: 'days', definition });
const time = (definition: string): FactSpec => ({ kind: 'time', unit: 'ms since the epoch', definition });
const flag = (definition: string): FactSpec => ({ kind: 'flag', unit: 'yes or no', definition });
const text = (unit: string, definition: string): FactSpec => ({ kind: 'text', unit, definition });
const map = (unit: string, definition: string): FactSpec => ({ kind: 'map', unit, definition });
const list = (unit: string, definition: string): FactSpec => ({ kind: 'list', unit, definition });

/** A kept order is one that was neither cancelled nor wholly returned. Days are counted in the definition's zone. */
const purchases = {
  orders: count('orders', 'Completed orders, ever, whatever became of them.'),
  keptOrders: count('orders', 'Orders neither cancelled nor wholly returned.'),
  ordersReturned: count('orders', 'Orders wholly returned.'),
  ordersCancelled: count('orders', 'Orders cancelled.'),
  returns: count('returns', 'Returns of an order or of a part of it.'),
  lastReturnAt: time('The latest return or cancellation.'),
  firstOrderRevoked: flag('The first order was cancelled or wholly returned.'),
  purchases: count('days', 'Distinct days with a kept order, ever: orders of one day are one purchase.'),
  recentPurchases: count(
    'days',
    "Distinct days with a kept order within the definition's window `recent`, up to `at`.",
  ),
  recentRate: count('days per cycle', "recentPurchases for each of the trade's cycles in that window."),
  frequency: count('days', 'Repeat purchases: purchases − 1, at least 0.'),
  recency: days('From the first to the last purchase day.'),
  age: days('From the first purchase day to the day of `at`: T of the buying models.'),
  firstPurchaseAt: time('The first kept order.'),
  lastPurchaseAt: time('The latest kept order.'),
  firstPurchaseDay: text('YYYY-MM-DD', 'Day of the first kept order.'),
  lastPurchaseDay: text('YYYY-MM-DD', 'Day of the latest kept order.'),
  daysSincePurchase: days('Silence: from the latest kept order to `at`, whole days.'),
  gapBeforeLastPurchase: days('From the purchase day before the last one to the last one.'),
  gapMean: days("Mean gap between purchase days within the definition's window; unknown without a repeat."),
  gapDeviation: days('Standard deviation of those gaps (of the sample); unknown below two gaps.'),
  usualGap: days("Mean gap shrunk towards the definition's `cycle`, which weighs as much as three gaps."),
  overdueAfter: days(
    'Silence beyond which the customer is overdue: the 99 % gap of an exponential with mean `usualGap`, at least the floor.',
  ),
  overdueAt: time('The moment at which that silence is reached.'),
  spend: map('amount by ISO 4217 currency', 'Order totals less what was returned or cancelled.'),
  lastOrderAt: time('The latest completed order.'),
  lastOrderId: text('order id', 'The latest completed order.'),
  lastOrderValue: count("amount in that order's currency", 'Total of the latest completed order.'),
  lastOrderCurrency: text('ISO 4217', 'Currency of the latest completed order.'),
  orderValueMean: count(
    "amount in the latest order's currency",
    'Mean total of all orders in that currency, the latest included.',
  ),
  orderValueMeanBefore: count(
    "amount in the latest order's currency",
    'Mean total of the orders in that currency without the latest; unknown without one.',
  ),
  items: count('items', 'Quantity over all completed orders.'),
  categories: list('categories', 'Distinct product categories bought; the first 64 in alphabetical order.'),
  categoryCount: count('categories', 'Number of distinct product categories bought, at most 64.'),
  discountedOrders: count('orders', 'Completed orders with a discount or a coupon.'),
  abandonedCarts: count('carts', 'Carts abandoned.'),
  lastCartAbandonedAt: time('The latest abandoned cart.'),
  lastDeliveredAt: time('The latest delivery.'),
  subscription: text('active or cancelled', 'The latest word on the subscription; unknown without one.'),
  subscriptionRenewals: count('renewals', 'Subscription renewals.'),
  subscriptionChangedAt: time('The latest renewal or cancellation.'),
} as const satisfies Record<string, FactSpec>;

/** A case is open from its first event until resolved, and again after it is reopened. */
const support = {
  openCases: count('cases', 'Cases open now.'),
  escalatedCases: count('cases', 'Open cases that were escalated since they were last opened.'),
  reopenedCases: count('cases', 'Open cases that had been resolved before.'),
  overdueCases: count('cases', 'Open cases past their deadline.'),
  casesOpened: count('cases', 'Cases ever seen.'),
  casesResolved: count('cases', 'Cases resolved now.'),
  openCaseAt: time('The latest event of any open case; unknown where none is open.'),
  lastCaseAt: time('The latest event of any case.'),
  lastCaseEscalatedAt: time('The latest escalation.'),
  lastCaseReopenedAt: time('The latest reopening.'),
  lastCaseOverdueAt: time('The latest passing of a deadline.'),
  lastCaseResolvedAt: time('The latest resolution.'),
  resolutionHours: count('hours', 'Mean time from opening to resolution over resolved cases.'),
  complaints: map('cases by cause', 'Cases by the cause given.'),
  tasksCompleted: count('tasks', 'Staff tasks completed.'),
  tasksDeclined: count('tasks', 'Staff tasks declined.'),
  tasksExpired: count('tasks', 'Staff tasks expired.'),
  contacts: count('contacts', 'Calls, visits, meetings and notes.'),
  lastContactAt: time('The latest call, visit, meeting or note.'),
  nextContactAt: time('The date agreed in the latest contact.'),
} as const satisfies Record<string, FactSpec>;

const engagement = {
  lastNps: count('0 to 10', 'The latest answer to "would you recommend us".'),
  lastNpsAt: time('When it was given.'),
  detractor: flag('The latest NPS is 6 or less.'),
  promoter: flag('The latest NPS is 9 or more.'),
  csatMean: count('score as given', 'Mean satisfaction score.'),
  csatCount: count('answers', 'Satisfaction scores given.'),
  lastCsat: count('score as given', 'The latest satisfaction score.'),
  lastCsatAt: time('When it was given.'),
  lastSatisfiedAt: time('The latest good score: NPS of 7 or more, or CSAT of 4 or more out of 5.'),
  lastDissatisfiedAt: time('The latest bad score: NPS of 6 or less, or CSAT of 2 or less out of 5.'),
  lastSentiment: text('as given', 'Sentiment of the latest feedback.'),
  lastSentimentAt: time('When it was given.'),
  visits: count('visits', 'Pages visited.'),
  lastVisitAt: time('The latest page visit.'),
  clicks: count('clicks', 'Messages clicked.'),
  lastClickAt: time('The latest click.'),
  messagesDelivered: count('messages', 'Messages delivered.'),
  messagesFailed: count('messages', 'Messages that failed before they left.'),
  bounces: count('messages', 'Messages bounced.'),
  spamComplaints: count('complaints', 'Messages reported as spam.'),
  lastComplaintAt: time('The latest spam complaint.'),
  unsubscribes: count('times', 'Unsubscriptions through a message.'),
  closedChannels: map(
    'reason by channel',
    'Channels that must not be used: `complained` until consent is given again, `bounced` until the address changes.',
  ),
  campaignsSent: count('campaigns', "The shop's own campaigns sent."),
  couponsRedeemed: count('coupons', 'Coupons redeemed.'),
  lastCouponRedeemedAt: time('The latest coupon redeemed.'),
  surveysAnswered: count('surveys', 'Surveys answered.'),
  lastSurveyAnsweredAt: time('The latest survey answered.'),
  surveysExpired: count('surveys', 'Surveys that expired unanswered.'),
  offersDeclined: count('offers', 'Offers declined.'),
  reviews: count('reviews', 'Reviews posted.'),
  socialMentions: count('mentions', 'Mentions on social media.'),
  contestEntries: count('entries', 'Contests entered.'),
  communityMember: flag('Joined a community.'),
  referralsMade: count('referrals', 'Friends referred.'),
  referralsJoined: count('referrals', 'Referred friends who joined.'),
  redemptionsRequested: count('redemptions', 'Redemptions of points asked for.'),
  lastEngagedAt: time(
    'The latest act of substance: click, survey, feedback, review, mention, contest, community, referral, coupon, redemption. A page visit is none.',
  ),
} as const satisfies Record<string, FactSpec>;

const profile = {
  preferredName: { kind: 'text', unit: 'name', definition: 'How to address the customer.', personal: true },
  birthday: {
    kind: 'text',
    unit: 'YYYY-MM-DD or --MM-DD',
    definition: 'Date of birth, as given.',
    personal: true,
  },
  locale: text('BCP 47', 'Language and region.'),
  timeZone: text('IANA time zone', "The customer's own time zone."),
  customerSince: time('As given by the profile, else the first event.'),
  consents: map(
    'granted or withdrawn, by `channel:purpose`',
    'The latest word on consent for a channel and purpose.',
  ),
  accountManager: text('staff id', 'The account manager assigned.'),
  relationshipType: text(
    'relationship type',
    'How the two sides deal with each other, such as self-service.',
  ),
  contactPersons: {
    kind: 'map',
    unit: 'role and channels by name',
    definition: "Whom to speak with at the customer's.",
    personal: true,
  },
  addressFingerprint: {
    kind: 'text',
    unit: 'hash',
    definition: 'Tells whether two customers have the same postal address.',
    personal: true,
  },
  paymentFingerprint: {
    kind: 'text',
    unit: 'hash',
    definition: 'Tells whether two customers have the same means of payment.',
    personal: true,
  },
  flags: list('flags', 'Flags raised on the account and not cleared, such as `fraud`.'),
  endedBySupplier: flag(
    'The supplier ended the relationship and has neither reopened it nor cleared the last flag since.',
  ),
  endedAt: time('When the supplier last ended it, reopened since or not.'),
} as const satisfies Record<string, FactSpec>;

/** What the loyalty programme keeps; unknown or 0 where the definition does not name it. */
const loyalty = {
  points: count(
    'points',
    'Spendable loyalty points: the sum of all ledger entries, or 0 where that is negative.',
  ),
  pointsPending: count('points', 'Points earned that wait for the return window to close.'),
  tier: text('tier', 'The tier of the loyalty programme; unknown before the first purchase.'),
  punchCards: map('punches by card', 'Punches on each card that is begun.'),
  rewards: list('rewards', 'Rewards granted that are neither used nor lapsed.'),
  priorityQueue: flag('Support takes this customer first, as the tier has it.'),
} as const satisfies Record<string, FactSpec>;

/** The machine's own: where the customer stands. */
const relationship = {
  stage: text('stage', 'The stage now.'),
  health: text('health', 'The health now.'),
  stageSince: time('When the stage was entered; unknown in the first one.'),
  healthSince: time('When the health was entered; unknown in the first one.'),
  daysInStage: days('Since the stage was entered, or since the first event; whole days.'),
  purchasesSinceHealth: count('days', 'Purchase days after the day on which the health was entered.'),
  lastEventAt: time('The latest event folded.'),
  firstEventAt: time('The earliest event folded.'),
  lateEvents: count('events', 'Events that came after the window and were folded approximately.'),
} as const satisfies Record<string, FactSpec>;

/** What the definition's `model` says; unknown where it has none, and before the first purchase. */
const model = {
  aliveProbability: count(
    '0 to 1',
    'Probability that the customer has not left: MBG/NBD from frequency, recency and the silence since.',
  ),
  expectedPurchases: count('purchases', "Purchases expected within the model's horizon: MBG/NBD."),
  expectedValue: count(
    "amount in the latest order's currency",
    'expectedPurchases times the expected value of one: Gamma-Gamma from the mean over all purchases in that currency.',
  ),
  leavingAt: time("When, in silence, aliveProbability comes down to the model's `leavingBelow`."),
} as const satisfies Record<string, FactSpec>;

export const facts = {
  ...purchases,
  ...support,
  ...engagement,
  ...profile,
  ...loyalty,
  ...relationship,
  ...model,
};

export type FactName = keyof typeof facts;
