import type { Reading } from './facts/read.js';
import type { Proposal } from './programme.js';
import type { Rules } from './rules.js';
import type { Customer } from './state.js';
import type { PublishedRecord, Transition } from './types.js';

/** One customer in the middle of one call, its own copy, with what was decided so far. Nested values are replaced, never changed. */
export interface Draft {
  readonly customer: { -readonly [Key in keyof Customer]: Customer[Key] };
  readonly transitions: Transition[];
  readonly proposals: Proposal[];
  readonly records: PublishedRecord[];
  /** Ids of earlier actions that programmes hold for moot. */
  readonly withdrawn: string[];
  /** What was left out to stay within bounds, in words. */
  readonly cut: string[];
}

export const draftOf = (customer: Customer): Draft => ({
  customer: { ...customer },
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
