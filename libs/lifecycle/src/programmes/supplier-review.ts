import { nothing, type Decision, type Moment } from '../programme.js';
import { daysAfter, numberFact, readFacts } from './reading.js';
import type { SupplierMemory, SupplierSettings } from './supplier-settings.js';

type Step = Decision<SupplierMemory>;

/** Reviews run from the first stage that a customer reaches to dissolution, and again when the relationship revives. */
export function planReview(moment: Moment, settings: SupplierSettings, memory: SupplierMemory): Step {
  const { review, ...rest } = memory;
  if (moment.stage === 'dissolution')
    return review ? { proposals: [], memory: rest, timers: { review: null } } : nothing;
  if (review) return nothing;
  return {
    proposals: [],
    memory: { ...memory, review: { purchases: numberFact(moment, 'purchases') ?? 0 } },
    timers: { review: daysAfter(moment, settings.reviewEveryDays) },
  };
}

/**
 * Two full spans are compared. Whoever bought no more often than before is put before the account manager, else before sales;
 * not those at risk or under a flag, whom others look after.
 */
export function review(moment: Moment, settings: SupplierSettings, memory: SupplierMemory): Step {
  const last = memory.review;
  if (!last || settings.reviewEveryDays === 0) return nothing;
  const purchases = numberFact(moment, 'purchases') ?? 0;
  const bought = Math.max(0, purchases - last.purchases);
  const next: Step = {
    proposals: [],
    memory: { ...memory, review: { purchases, before: bought } },
    timers: { review: daysAfter(moment, settings.reviewEveryDays) },
  };
  const grew = last.before === undefined || bought > last.before;
  if (grew || moment.health !== 'well' || memory.question !== undefined) return next;
  const figures = { days: settings.reviewEveryDays, bought, before: last.before };
  const task = {
    slot: 'review',
    programme: 'supplier',
    kind: 'task',
    purpose: 'internal',
    audience: moment.fact('accountManager') === undefined ? 'sales' : 'account-manager',
    channels: ['in-app'],
    template: 'supplier.review',
    variables: figures,
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, 14),
    evidence: {
      rule: 'supplier.noGrowth',
      facts: { ...figures, ...readFacts(moment, 'purchases', 'recentRate') },
      causes: [moment.causeId],
    },
  } as const;
  return { ...next, proposals: [task] };
}
