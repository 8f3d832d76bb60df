import type { Reading } from './facts/read.js';
import type { Proposal } from './programme.js';
import type { Rules } from './rules.js';
import type { Customer } from './state.js';
import type { PublishedRecord, Transition } from './types.js';

type Own<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** One customer in the middle of one call, its own copy, with what was decided so far. Nested values are replaced, never changed. */
export interface Draft {
  readonly customer: Own<Customer>;
  /** The customer's memories of programmes, once they are the draft's own copy. */
  memory?: Record<string, unknown> | undefined;
  readonly transitions: Transition[];
  readonly proposals: Proposal[];
  readonly records: PublishedRecord[];
  /** Ids of earlier actions that programmes hold for moot. */
  readonly withdrawn: string[];
  /** What was left out to stay within bounds, in words. */
  readonly cut: string[];
}

export const draftOf = (customer: Customer): Draft => ({
  customer: copyOf(customer),
  memory: undefined,
  transitions: [],
  proposals: [],
  records: [],
  withdrawn: [],
  cut: [],
});

/** The facts as they stand, at the customer's latest moment. The standing is read when asked. */
export const readingOf = ({ definition }: Rules, { customer }: Draft): Reading => ({
  facts: customer.facts,
  standing: customer,
  at: customer.clock,
  settings: definition.settings,
});

/** Field by field, so that all customers have one shape, however they were stored: a spread of many shapes is slow. */
function copyOf(customer: Customer): Own<Customer> {
  const copy: Own<Customer> = {
    id: customer.id,
    definition: customer.definition,
    stage: customer.stage,
    health: customer.health,
    timers: customer.timers,
    clock: customer.clock,
    stageSince: customer.stageSince,
    healthSince: customer.healthSince,
    facts: customer.facts,
    fired: customer.fired,
    seen: customer.seen,
    memory: customer.memory,
    contacts: customer.contacts,
  };
  if (customer.because !== undefined) copy.because = customer.because;
  return copy;
}
