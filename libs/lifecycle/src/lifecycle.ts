import type { InputEvent, KnownInputEvent } from '#contracts';
import { announced } from './announced.js';
import type { Brakes } from './arbiter/index.js';
import { decide, decideTimer } from './decide.js';
import type { CouponCodes } from './coupon.js';
import type { Definition } from './definition/definition.js';
import { readAll } from './facts/read.js';
import { migrate, withMigration } from './migrate.js';
import { compileRules, revision, type Rules } from './rules.js';
import { newCustomer, tombstone, type Customer } from './state.js';
import type { Advance, Lifecycle } from './types.js';
import { verdict, withdrawAll } from './verdict.js';

/**
 * The rules of one definition. All that is returned is new or shared and never changes; nothing given to it changes.
 * Without `codes` coupons bear none: enough to look at customers, not to serve them.
 */
export const createLifecycle = (definition: Definition, codes?: CouponCodes): Lifecycle =>
  lifecycleOf(compileRules(definition, codes));

export function lifecycleOf(rules: Rules): Lifecycle {
  const { name, version, hash, settings } = rules.definition;
  return {
    definition: { name, version, hash },
    rules: revision,
    begin: (id) => newCustomer(id, rules.label),
    advance: (state, event, now, brakes) => advance(rules, state as Customer, event, now, brakes),
    factsOf(state, at) {
      const customer = state as Customer;
      return readAll({ facts: customer.facts, standing: customer, at: at ?? customer.clock, settings });
    },
  };
}

function advance(rules: Rules, state: Customer, event: InputEvent, now: number, brakes?: Brakes): Advance {
  if (state.erased !== undefined) return drop(state, event);
  const known = event as KnownInputEvent;
  if (state.definition === rules.label || known.type === 'customer.erased.v1')
    return apply(rules, state, known, now, brakes);
  const migrated = migrate(rules, state, known);
  const advanced = apply(rules, migrated.customer, known, now, brakes);
  return advanced.duplicate ? { ...advanced, customer: state } : withMigration(migrated, advanced);
}

function apply(rules: Rules, state: Customer, event: KnownInputEvent, now: number, brakes?: Brakes): Advance {
  switch (event.type) {
    case 'customer.erased.v1':
      return { ...nothing, customer: tombstone(state, 0), ...withdrawAll(rules, state, event, now) };
    case 'timer.due.v1': {
      const draft = decideTimer(rules, state, event.data.name, event.at);
      return draft ? verdict(rules, draft, undefined, now, brakes) : { ...nothing, customer: state };
    }
    case 'definition.activated.v1':
    case 'announcement.published.v1': {
      const draft = announced(rules, state, event);
      return draft
        ? verdict(rules, draft, event, now, brakes)
        : { ...nothing, customer: state, duplicate: true };
    }
    default: {
      const decided = decide(rules, state, event);
      if (!decided) return { ...nothing, customer: state, duplicate: true };
      const { draft, late, limits } = decided;
      const advance = verdict(rules, draft, event, now, brakes, late);
      return limits ? { ...advance, ...limits } : advance;
    }
  }
}

/** What comes for an erased customer is counted and forgotten. */
function drop(state: Customer, event: InputEvent): Advance {
  if (event.type === 'timer.due.v1') return { ...nothing, customer: state };
  return { ...nothing, customer: { ...state, erased: (state.erased ?? 0) + 1 } };
}

const nothing = {
  transitions: [],
  actions: [],
  suppressed: [],
  records: [],
  duplicate: false,
  late: false,
  cut: [],
};
