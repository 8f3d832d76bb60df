import { announceTier, flagSupport, warnOfTier } from './notices.js';
import type { LoyaltyMemory } from './memory.js';
import { tierMonths } from './ledger.js';
import type { LoyaltySettings, Tier } from './settings.js';
import { publish, type Work } from './work.js';

const day = 86_400_000;

/** The highest tier that so many points reach; the lowest where they reach none. */
export function tierFor(points: number, { tiers }: LoyaltySettings): Tier {
  let best = lowest(tiers);
  for (const tier of tiers) if (tier.from <= points && tier.from >= best.from) best = tier;
  return best;
}

/** The tier held; the lowest where the settings no longer know it. */
export function tierOf({ tier }: LoyaltyMemory, { tiers }: LoyaltySettings): Tier {
  for (const known of tiers) if (known.name === tier) return known;
  return lowest(tiers);
}

const lowest = (tiers: readonly Tier[]): Tier =>
  tiers.reduce((low, tier) => (tier.from < low.from ? tier : low));

/** Points that count for the tier in a month. */
export function earnedIn({ earned }: LoyaltyMemory, month: number): number {
  let sum = 0;
  for (const entry of earned) if (entry[0] >= month - tierMonths) sum += entry[1];
  return sum;
}

/** Up at once; down only when the grace that was told of is over. */
export function settleTier(work: Work): void {
  const { memory, settings, moment, days } = work;
  const held = tierOf(memory, settings);
  const earned = earnedIn(memory, days.monthOf(moment.at));
  const reached = tierFor(earned, settings);
  if (reached.from > held.from) return change(work, held, reached, 'tierReached', earned);
  if (reached.from === held.from) {
    memory.tierEnds = 0;
    return;
  }
  if (memory.tierEnds === 0) {
    const tierEnds = days.nextStart(moment.at + settings.graceDays * day);
    memory.tierEnds = tierEnds;
    warnOfTier(work, held, reached, tierEnds, earned);
  } else if (memory.tierEnds <= moment.at) change(work, held, reached, 'tierLost', earned);
}

function change(work: Work, from: Tier, to: Tier, rule: 'tierReached' | 'tierLost', earned: number): void {
  const data = { from: from.name, to: to.name, benefits: [...to.benefits] };
  publish(work, 'tier.changed.v1', 'tier', data, rule, { earned });
  enter(work, to);
  announceTier(work, from, to, rule, earned);
  if (from.priorityQueue !== to.priorityQueue) flagSupport(work, to, rule, earned);
}

export function enter({ memory }: Work, { name, priorityQueue }: Tier): void {
  memory.tier = name;
  memory.priority = priorityQueue;
  memory.tierEnds = 0;
}

/** When the tier must be looked at again if nothing more is earned, ms; undefined where it cannot fall. */
export function tierCheckAt({ memory, settings, days, moment }: Work): number | undefined {
  const { from } = tierOf(memory, settings);
  if (from === lowest(settings.tiers).from) return undefined;
  if (memory.tierEnds > 0) return memory.tierEnds;
  const month = days.monthOf(moment.at);
  let sum = earnedIn(memory, month);
  if (sum < from) return moment.at;
  for (const [of, points] of memory.earned) {
    if (of < month - tierMonths) continue;
    sum -= points;
    if (sum < from) return days.monthStart(of + tierMonths + 1);
  }
  return undefined;
}
