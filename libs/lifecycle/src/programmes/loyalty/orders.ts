import { orderKey } from '../../facts/order-book.js';
import { numberFact } from '../reading.js';
import { pointsFor, type Order } from './earning.js';
import { keepOrder } from './known-orders.js';
import { earn } from './ledger.js';
import { offerSomething } from './offers.js';
import { punch, punchesOf } from './punch-cards.js';
import { paidOf } from './rewards.js';
import { enter, tierFor, tierOf } from './tiers.js';
import type { Work } from './work.js';

const day = 86_400_000;

/** Whoever buys takes part. An order earns whenever it comes. */
export function ordered(work: Work, order: Order): void {
  const { settings } = work;
  const paid = paidOf(work, order);
  if (order.total <= 0) return;
  if (work.memory.tier === '') enter(work, tierFor(0, settings));
  const points = pointsFor(order, paid, tierOf(work.memory, settings).multiplier, settings);
  const punches = punchesOf(order.products, settings.punchCards);
  const due = releaseOf(work);
  const total = Math.round(order.total * 1000);
  if (points > 0 || punches)
    keepOrder(work, { key: orderKey(order.orderId), due, total, points, back: 0, punches });
  if (points > 0) earn(work, order.orderId, due, points);
  if (punches) punch(work, punches);
  offerSomething(work);
}

/** The first Monday after the return window; of an order that comes late, at least that after the customer's latest event. */
function releaseOf({ moment, settings, days }: Work): number {
  const due = days.nextMonday(moment.at + settings.returnDays * day);
  const latest = moment.late ? numberFact(moment, 'lastEventAt') : undefined;
  return latest === undefined ? due : Math.max(due, days.nextMonday(latest));
}
