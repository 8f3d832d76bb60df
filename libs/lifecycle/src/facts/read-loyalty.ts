import type { FactName } from '#contracts';
import { nothingKept, pendingOf, spendableOf, type LoyaltyMemory } from '../programmes/loyalty/memory.js';
import type { Reader, Reading } from './read.js';

const kept = ({ standing }: Reading): LoyaltyMemory =>
  (standing.memory['loyalty'] as LoyaltyMemory | undefined) ?? nothingKept;

/** What the loyalty programme's memory says. */
export const loyaltyReaders = {
  points: (it) => spendableOf(kept(it)),
  pointsPending: (it) => pendingOf(kept(it)),
  tier: (it) => kept(it).tier || undefined,
  punchCards: (it) => kept(it).cards,
  rewards: (it) =>
    kept(it)
      .rewards.filter(({ until }) => until > it.at)
      .map(({ rewardId }) => rewardId),
  priorityQueue: (it) => kept(it).priority,
} satisfies Partial<Record<FactName, Reader>>;
