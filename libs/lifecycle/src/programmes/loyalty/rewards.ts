import { formatTime, hashId } from '#contracts';
import type { Evidence } from '../../types.js';
import type { Order } from './earning.js';
import type { OpenReward } from './memory.js';
import { tellReward } from './notices.js';
import { publish, type Work } from './work.js';

const mostOpen = 32;
const day = 86_400_000;

export interface Reward {
  readonly rewardId: string;
  readonly quantity: number;
  readonly validDays: number;
  readonly partner?: string | undefined;
  /** Shop credit. */
  readonly credit?: { readonly amount: number; readonly currency: string };
}

/** Grants a reward and returns the grant's id, a pure function of the cause. */
export function grant(
  work: Work,
  slot: string,
  reward: Reward,
  rule: string,
  facts: Evidence['facts'],
): string {
  const { moment, days, memory } = work;
  const { rewardId, quantity, validDays, partner, credit } = reward;
  const grantId = hashId('grant', moment.customer, moment.definition, moment.causeId, slot);
  const code = moment.code(grantId);
  const until = days.nextStart(moment.at + validDays * day);
  const open = memory.rewards.filter((known) => known.until > moment.at);
  memory.rewards = [...open, { grantId, rewardId, until, ...credit }].slice(-mostOpen);
  const data = {
    ...{ grantId, rewardId, quantity, expiresAt: formatTime(until) },
    ...credit,
    ...(code !== undefined && { code }),
    ...(partner !== undefined && { partner }),
  };
  publish(work, 'reward.granted.v1', slot, data, rule, facts);
  if (rule === 'cardFull') tellReward(work, grantId, rewardId, quantity);
  return grantId;
}

/** Uses the open reward that is called so, by the grant's id or its code. */
export function useReward({ memory, moment }: Work, called: string): OpenReward | undefined {
  const { rewards } = memory;
  const used = rewards.find(({ grantId }) => called === grantId || called === moment.code(grantId));
  if (used) memory.rewards = rewards.filter((reward) => reward !== used);
  return used;
}

/**
 * What the customer paid of an order with money. `total` leaves out what the shop took off for a credit as `discount`; where
 * it took off less than the credit was worth, the rest is still in `total` and comes off here.
 */
export function paidOf(work: Work, { total, discount = 0, coupon, currency }: Order): number {
  const used = coupon === undefined ? undefined : useReward(work, coupon);
  if (used?.amount === undefined || used.currency !== currency) return total;
  return Math.max(0, total - Math.max(0, used.amount - discount));
}
