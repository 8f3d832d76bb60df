/** Why an action was not let through. Only the reasons that wait (see `possibleAt`) can pass later. */
export const suppressionReasons = [
  /** Its time was over before it could go, also for every action that a backfill of old events asks for. */
  'expired',
  /** It was pending, and what it rested on (facts, consent, channel) no longer holds. */
  'overtaken',
  /** The customer belongs to the programme's control group or to the one of all programmes. */
  'control',
  /** No recorded opt-in for the purpose on any of its channels, or an objection to it. */
  'noConsent',
  /** Every channel is closed by an objection, a complaint or a hard bounce. */
  'channelClosed',
  /** It claims to be transactional, and the policy does not list its template. */
  'notTransactional',
  /** Marketing or a survey for a customer whom the supplier has given up; marketing for one under a fraud flag. */
  'relationshipEnded',
  'fraudFlag',
  /** An operator paused the programme or put it into shadow. */
  'paused',
  'shadow',
  /** More actions wait for this customer than are kept; this one ranked last. */
  'crowdedOut',
  'notYet',
  'frequencyCap',
  'coolDown',
  'openCase',
  /** The customer holds another offer. */
  'openOffer',
  'quietHours',
] as const;

export type SuppressionReason = (typeof suppressionReasons)[number];
