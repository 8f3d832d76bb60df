import type { FactName } from '#contracts';
import { day } from './calendar.js';
import { noPurchases } from './purchases.js';
import type { Reader } from './read.js';
import { firstFrom } from './rhythm.js';

const since = (at: number | undefined, now: number) =>
  at === undefined ? undefined : Math.max(0, Math.floor((now - at) / day));
const ifSet = (at: number) => (at === 0 ? undefined : at);

/** Where the customer stands. */
export const standingReaders = {
  stage: (it) => it.standing.stage,
  health: (it) => it.standing.health,
  stageSince: (it) => ifSet(it.standing.stageSince),
  healthSince: (it) => ifSet(it.standing.healthSince),
  daysInStage: (it) => since(it.standing.stageSince || it.facts.firstAt, it.at),
  purchasesSinceHealth: (it) => {
    const from = it.settings.calendar.day(it.standing.healthSince);
    const { days } = it.facts.purchases ?? noPurchases;
    return days.length - firstFrom(days, from + 1);
  },
  lastEventAt: (it) => it.facts.lastAt,
  firstEventAt: (it) => it.facts.firstAt,
  lateEvents: (it) => it.facts.late ?? 0,
} satisfies Partial<Record<FactName, Reader>>;
