import { formatTime } from '#contracts';
import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import { daysAfter, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

export const firstVisitSettings = Type.Object(
  {
    percent: Type.Number({
      default: 12,
      exclusiveMinimum: 0,
      maximum: 100,
      description: 'Off the next order.',
    }),
    terms: Type.Union(
      [
        Type.Object({ only: Type.Literal('regular-price') }, { additionalProperties: false }),
        Type.Object({ minimum: Type.Number({ exclusiveMinimum: 0 }) }, { additionalProperties: false }),
      ],
      { default: { only: 'regular-price' }, description: 'Regular-price items only, or a minimum purchase.' },
    ),
    afterDays: days(2, 'Offered so many days after the first purchase.'),
    validDays: days(7, 'Not offered later than so many days after that.'),
    holdsDays: days(30, 'It can be used for so many days.'),
    remindDays: days(5, 'One reminder so many days before it lapses.'),
    priority: priority(50),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type FirstVisitSettings = Static<typeof firstVisitSettings>;

/** The discount, as a coupon that lapses at `until` (ms). */
export function offer(moment: Moment, settings: FirstVisitSettings, until: number): Proposal {
  const { percent, terms } = settings;
  return {
    ...told(moment, settings, 'first-visit.offer', until),
    kind: 'offer',
    expiresAt: daysAfter(moment, settings.validDays),
    offerUntil: until,
    coupon: { percent, ...terms },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled', 'keptOrders'),
  };
}

/** A word before the coupon `couponId` lapses. Its code is named again, where the rules have a secret to know it by. */
export function reminder(
  moment: Moment,
  settings: FirstVisitSettings,
  couponId: string,
  until: number,
): Proposal {
  const code = moment.code(couponId);
  const { variables, ...proposal } = told(moment, settings, 'first-visit.reminder', until);
  return {
    ...proposal,
    kind: 'message',
    variables: { ...variables, couponId, ...(code !== undefined && { code }) },
    expiresAt: until,
    restsOn: readFacts(moment, 'couponsRedeemed', 'offersDeclined', 'orders', 'returns', 'ordersCancelled'),
  };
}

function told(moment: Moment, settings: FirstVisitSettings, template: string, until: number) {
  const { percent, terms, channels, priority } = settings;
  const facts = readFacts(moment, 'keptOrders', 'firstPurchaseAt', 'couponsRedeemed');
  return {
    slot: template,
    programme: 'first-visit',
    purpose: 'marketing',
    audience: 'customer',
    template,
    variables: { percent, terms, until: formatTime(until) },
    channels,
    priority,
    notBefore: moment.at,
    evidence: { rule: template, facts, causes: [moment.causeId] },
  } as const;
}
