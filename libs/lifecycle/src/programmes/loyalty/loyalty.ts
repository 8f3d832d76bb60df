import { copied } from '../../copied.js';
import type { Decision, Programme } from '../../programme.js';
import { eventOf, fired } from '../reading.js';
import { expire, release } from './ledger.js';
import { localDays } from './local-days.js';
import { forgetOrders } from './known-orders.js';
import { expiryOf, nothingKept, spendableOf, type LoyaltyMemory } from './memory.js';
import { tellMilestone, warningAt, warnOfExpiry } from './notices.js';
import { ordered } from './orders.js';
import { redeem } from './redemption.js';
import { tookBack } from './returns.js';
import { useReward } from './rewards.js';
import { loyaltySettings, type LoyaltySettings } from './settings.js';
import { settleTier, tierCheckAt } from './tiers.js';
import type { Work } from './work.js';

/**
 * Points, tiers, punch cards and what they bring, for everybody who has bought. Every change is an entry of the published
 * ledger; what is spendable is the sum of all entries, or 0 where that is negative.
 */
export const loyalty: Programme<LoyaltySettings, LoyaltyMemory> = {
  name: 'loyalty',
  settings: loyaltySettings,
  givesCoupons: true,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'order.cancelled.v1',
    'redemption.requested.v1',
    'coupon.redeemed.v1',
  ],
  decide(moment, settings, before = nothingKept) {
    const memory = copied(before);
    const days = localDays(moment.zone);
    const work: Work = { moment, settings, days, memory, records: [], proposals: [] };
    if (isDue(work)) keepUp(work);
    takeIn(work);
    return decided(work, before);
  },
};

function takeIn(work: Work): void {
  const event = eventOf(work.moment);
  switch (event?.type) {
    case 'order.completed.v1':
      return ordered(work, event.data);
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return tookBack(work, event.data);
    case 'redemption.requested.v1':
      return redeem(work, event.source, event.data);
    case 'coupon.redeemed.v1': {
      const { couponId, code } = event.data;
      if (couponId !== undefined) useReward(work, couponId);
      if (code !== undefined) useReward(work, code);
      return;
    }
    default:
      return;
  }
}

/** By its own timer, or before anything else is judged where points can be released by now. */
function isDue({ moment, memory }: Work): boolean {
  if (fired(moment, 'loyalty', 'next')) {
    memory.firedAt = moment.at;
    return true;
  }
  const { waiting } = memory;
  return waiting.length > 0 && waiting[0]![0] <= moment.at && !moment.late;
}

/** What time alone brings about. */
function keepUp(work: Work): void {
  const before = spendableOf(work.memory);
  release(work);
  forgetOrders(work);
  expire(work);
  settleTier(work);
  tellMilestone(work, before);
  warnOfExpiry(work);
}

function decided(work: Work, before: LoyaltyMemory): Decision<LoyaltyMemory> {
  const { proposals, records, memory } = work;
  // What is published changes the memory too.
  if (records.length === 0 && isSame(memory, before)) return { proposals };
  if (!mayMove(work, before)) return { proposals, records, memory };
  const next = nextDue(work);
  memory.next = next ?? 0;
  return { proposals, records, memory, timers: { next: next ?? null } };
}

/**
 * Whether the timer may be due at another time than it is set for. One that fires too early finds nothing to do; one that
 * should have fired before this event went with a definition that did not name the programme.
 */
function mayMove({ memory, moment }: Work, before: LoyaltyMemory): boolean {
  const { next, firedAt, earned, waiting } = memory;
  if (firedAt !== before.firedAt || earned !== before.earned || next < moment.at) return true;
  return waiting.length > 0 && waiting[0]![0] + patience < next;
}

function isSame(a: LoyaltyMemory, b: LoyaltyMemory): boolean {
  for (const name in a) if (a[name as keyof LoyaltyMemory] !== b[name as keyof LoyaltyMemory]) return false;
  return true;
}

/**
 * Who buys, returns or redeems releases points whose time has come; of others a timer does so after a week. Most customers
 * need none.
 */
const patience = 7 * 86_400_000;

/** When time next brings something about, ms. Always after the last time, so that each firing is a cause of its own. */
function nextDue(work: Work): number | undefined {
  const { settings, days } = work;
  const { waiting, lots, firedAt } = work.memory;
  const oldest = lots[0];
  const due = Math.min(
    waiting.length > 0 ? waiting[0]![0] + patience : Infinity,
    oldest === undefined ? Infinity : expiryOf(oldest[0], settings.expiryMonths, days),
    warningAt(work) ?? Infinity,
    tierCheckAt(work) ?? Infinity,
  );
  return due === Infinity ? undefined : Math.max(due, firedAt + 1);
}
