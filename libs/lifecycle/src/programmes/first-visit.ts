import type { DataOf } from '#contracts';
import { actionIdOf } from '../arbiter/action.js';
import { nothing, type Decision, type Moment, type Programme } from '../programme.js';
import { firstVisitSettings, offer, reminder, type FirstVisitSettings } from './first-visit-offer.js';
import { daysAfter, eventOf, fired, numberFact } from './reading.js';

/**
 * `none`: nothing of a first purchase is kept. `set`: one was made, the offer is due. `offered`, `reminded`: the coupon is
 * out; its id is the offer's `actionId`, and it lapses at `until`, ms. `over`: never again. `orderId`: the first purchase.
 */
export type FirstVisitMemory =
  | { readonly state: 'none' | 'over' }
  | { readonly state: 'set'; readonly orderId: string }
  | {
      readonly state: 'offered' | 'reminded';
      readonly orderId: string;
      readonly actionId: string;
      readonly until: number;
    };

type Coupon = Extract<FirstVisitMemory, { readonly actionId: string }>;
type Step = Decision<FirstVisitMemory>;

/**
 * A discount on the second visit, once in a lifetime, with one reminder where it was delivered and not used. It is used by
 * `coupon.redeemed.v1` with its id or code, or by an order that names the code: whether that order meets the terms is for
 * the shop to judge at its till, which takes the code or refuses it; what it took counts. Other codes are none of ours. It is
 * taken back when nothing is kept of the first order.
 */
export const firstVisit: Programme<FirstVisitSettings, FirstVisitMemory> = {
  name: 'first-visit',
  settings: firstVisitSettings,
  givesCoupons: true,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'order.cancelled.v1',
    'coupon.redeemed.v1',
    'offer.declined.v1',
    'message.delivered.v1',
  ],
  decide(moment, chosen, memory) {
    switch (memory?.state) {
      case 'over':
        return nothing;
      case 'offered':
      case 'reminded':
        return followCoupon(moment, chosen, memory);
      default:
        return fired(moment, 'first-visit', 'offer')
          ? makeOffer(moment, chosen, memory)
          : awaitVisit(moment, chosen, memory);
    }
  },
};

const over: Step = { proposals: [], timers: { offer: null, reminder: null }, memory: { state: 'over' } };

/** Until the offer is made. */
function awaitVisit(
  moment: Moment,
  settings: FirstVisitSettings,
  memory: FirstVisitMemory | undefined,
): Step {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'order.completed.v1':
      // Who came back before the offer was made needs none.
      if (memory?.state === 'set') return (numberFact(moment, 'keptOrders') ?? 0) > 1 ? over : nothing;
      return firstPurchase(event.data.orderId, moment, settings);
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return memory?.state === 'set' && isTakenBack(memory.orderId, event.data, moment)
        ? { ...over, memory: { state: 'none' } }
        : nothing;
    default:
      return nothing;
  }
}

function firstPurchase(orderId: string, moment: Moment, settings: FirstVisitSettings): Step {
  if (moment.late || moment.fact('lastPurchaseAt') !== moment.at) return nothing;
  if (numberFact(moment, 'keptOrders') !== 1) return over;
  return {
    proposals: [],
    timers: { offer: daysAfter(moment, settings.afterDays) },
    memory: { state: 'set', orderId },
  };
}

/** Whether nothing is kept of the first purchase: it went back whole, or in parts with nothing else kept. */
function isTakenBack(first: string, taken: DataOf<'order.returned.v1'>, moment: Moment): boolean {
  const { orderId, total, products, whole = total === undefined && products === undefined } = taken;
  return (orderId === first && whole) || numberFact(moment, 'keptOrders') === 0;
}

function makeOffer(moment: Moment, settings: FirstVisitSettings, memory: FirstVisitMemory | undefined): Step {
  if (memory?.state !== 'set') return nothing;
  if (moment.stage === 'dissolution') return over;
  const { orderId } = memory;
  const until = daysAfter(moment, settings.holdsDays);
  const proposal = offer(moment, settings, until);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  return { proposals: [proposal], memory: { state: 'offered', orderId, actionId, until } };
}

/** As long as the coupon is out. */
function followCoupon(moment: Moment, settings: FirstVisitSettings, coupon: Coupon): Step {
  const { state, orderId, actionId, until } = coupon;
  if (fired(moment, 'first-visit', 'reminder'))
    return state === 'offered' && moment.at < until
      ? {
          proposals: [reminder(moment, settings, actionId, until)],
          memory: { ...coupon, state: 'reminded' },
        }
      : nothing;
  const event = eventOf(moment);
  switch (event?.type) {
    case 'order.completed.v1':
      return isShown(event.data.coupon, coupon, moment) ? over : nothing;
    case 'coupon.redeemed.v1': {
      const { couponId, code } = event.data;
      return couponId === actionId || isShown(code, coupon, moment) ? over : nothing;
    }
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return isTakenBack(orderId, event.data, moment) ? { ...over, withdraws: [actionId] } : nothing;
    case 'offer.declined.v1':
      return event.data.actionId === actionId ? over : nothing;
    case 'message.delivered.v1':
      return event.data.actionId === actionId ? awaitReminder(moment, settings, coupon) : nothing;
    default:
      return nothing;
  }
}

/** Whoever gets the offer when it is nearly over has been told just now. */
function awaitReminder(moment: Moment, { remindDays }: FirstVisitSettings, { state, until }: Coupon): Step {
  const due = daysAfter({ at: until }, -remindDays);
  return state === 'offered' && moment.at < due ? { proposals: [], timers: { reminder: due } } : nothing;
}

function isShown(code: string | undefined, { actionId }: Coupon, { code: codeOf }: Moment): boolean {
  return code !== undefined && code === codeOf(actionId);
}
