import { Type, type Static } from 'typebox';
import { actionIdOf } from '../arbiter/action.js';
import type { Moment, Programme, Proposal } from '../programme.js';
import { daysAfter, eventOf, fired, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

const settings = Type.Object(
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
    holdsDays: days(30, 'It can be used for so many days.'),
    remindDays: days(5, 'One reminder so many days before it lapses.'),
    priority: priority(50),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type FirstVisitSettings = Static<typeof settings>;

/** `set`: the first purchase was seen. The offer's `actionId` is the coupon's id. `over`: never again. */
export interface FirstVisitMemory {
  readonly state: 'set' | 'offered' | 'over';
  readonly actionId?: string;
  readonly until?: number;
}

/** A discount on the second visit, once in a lifetime, with one reminder where it was delivered and not used. */
export const firstVisit: Programme<FirstVisitSettings, FirstVisitMemory> = {
  name: 'first-visit',
  settings,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'order.cancelled.v1',
    'coupon.redeemed.v1',
    'offer.declined.v1',
    'message.delivered.v1',
  ],
  decide(moment, chosen, memory) {
    if (memory?.state === 'over') return { proposals: [] };
    if (fired(moment, 'first-visit', 'offer')) return offer(moment, chosen);
    if (fired(moment, 'first-visit', 'reminder') && memory) return remind(moment, chosen, memory);
    return takeIn(moment, chosen, memory);
  },
};

type Step = ReturnType<typeof firstVisit.decide>;

function takeIn(moment: Moment, settings: FirstVisitSettings, memory: FirstVisitMemory | undefined): Step {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'order.completed.v1':
      if (!memory) return firstPurchase(moment, settings);
      if (memory.state === 'set') return cameBack(moment) ? over : nothing;
      return used(moment, memory, event.data.coupon) ? over : nothing;
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      // Nothing is kept of the first order: there is no visit to come back to yet.
      return memory?.state === 'set' && numberFact(moment, 'keptOrders') === 0 ? over : nothing;
    case 'coupon.redeemed.v1':
      return used(moment, memory, event.data.couponId) || used(moment, memory, event.data.code)
        ? over
        : nothing;
    case 'offer.declined.v1':
      return memory?.actionId !== undefined && event.data.actionId === memory.actionId ? over : nothing;
    case 'message.delivered.v1':
      return memory?.until !== undefined && event.data.actionId === memory.actionId
        ? { proposals: [], timers: { reminder: memory.until - settings.remindDays * 86_400_000 } }
        : nothing;
    default:
      return nothing;
  }
}

/** Came back before the offer was made: there is nothing to bring about. */
function cameBack(moment: Moment): boolean {
  return (numberFact(moment, 'keptOrders') ?? 0) > 1;
}

/** Whether what is shown, an id or a code, is this customer's coupon. */
function used(moment: Moment, memory: FirstVisitMemory | undefined, shown: string | undefined): boolean {
  if (shown === undefined || memory?.actionId === undefined) return false;
  return shown === memory.actionId || shown === moment.code(memory.actionId);
}

const nothing: Step = { proposals: [] };
const over: Step = { proposals: [], timers: { offer: null, reminder: null }, memory: { state: 'over' } };

function firstPurchase(moment: Moment, settings: FirstVisitSettings): Step {
  if (moment.late || moment.fact('lastPurchaseAt') !== moment.at) return nothing;
  if (numberFact(moment, 'keptOrders') !== 1) return { proposals: [], memory: { state: 'over' } };
  return {
    proposals: [],
    timers: { offer: daysAfter(moment, settings.afterDays) },
    memory: { state: 'set' },
  };
}

function offer(moment: Moment, settings: FirstVisitSettings): Step {
  const until = daysAfter(moment, settings.holdsDays);
  const { percent, terms } = settings;
  const variables = { percent, terms, until: new Date(until).toISOString() };
  const proposal: Proposal = {
    ...told(moment, settings, 'first-visit.offer', variables),
    kind: 'offer',
    expiresAt: daysAfter(moment, 7),
    offerUntil: until,
    coupon: { percent, ...terms },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled', 'keptOrders'),
  };
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  return { proposals: [proposal], memory: { state: 'offered', actionId, until } };
}

function remind(moment: Moment, settings: FirstVisitSettings, { actionId, until }: FirstVisitMemory): Step {
  if (until === undefined || until <= moment.at) return over;
  const code = actionId && moment.code(actionId);
  const variables = {
    percent: settings.percent,
    couponId: actionId,
    ...(code !== undefined && { code }),
    until: new Date(until).toISOString(),
  };
  const proposal: Proposal = {
    ...told(moment, settings, 'first-visit.reminder', variables),
    kind: 'message',
    expiresAt: until,
    restsOn: readFacts(moment, 'couponsRedeemed', 'offersDeclined', 'keptOrders'),
  };
  return { proposals: [proposal] };
}

function told(
  moment: Moment,
  settings: FirstVisitSettings,
  template: string,
  variables: Proposal['variables'],
) {
  const facts = readFacts(moment, 'keptOrders', 'firstPurchaseAt', 'couponsRedeemed');
  return {
    slot: template,
    programme: 'first-visit',
    purpose: 'marketing',
    audience: 'customer',
    template,
    variables,
    channels: settings.channels,
    priority: settings.priority,
    notBefore: moment.at,
    evidence: { rule: template, facts, causes: [moment.causeId] },
  } as const;
}
