import { identity, type InputEventOf } from '#contracts';
import { consult } from './consult.js';
import { draftOf, readingOf, type Draft } from './draft.js';
import { fireDue, replan } from './fire.js';
import { hash64 } from './hash.js';
import type { Rules } from './rules.js';
import { remember, shelved, wasSeen } from './seen.js';
import type { Customer } from './state.js';

/**
 * News for a customer, or another definition's programmes to be begun with: programmes hear it, and that is all. It is no act of the customer's, so no fact is folded and the
 * machine does not move. `undefined` where it was heard before, or nothing else is known of the customer.
 */
export function announced(
  rules: Rules,
  state: Customer,
  event: InputEventOf<'announcement.published.v1'> | InputEventOf<'definition.activated.v1'>,
): Draft | undefined {
  const causeId = identity(event);
  const hash = hash64(causeId);
  const seen = shelved(state.seen);
  if (state.facts.lastAt === undefined || wasSeen(seen, hash)) return undefined;
  const draft = draftOf(state);
  const { customer } = draft;
  fireDue(rules, draft, event.at);
  const late = event.at < customer.clock;
  customer.clock = Math.max(customer.clock, event.at);
  customer.seen = remember(seen, hash, event.at, customer.clock);
  const reading = readingOf(rules, draft);
  consult(rules, draft, { at: event.at, cause: event, causeId, transitions: [], late }, reading);
  replan(rules, draft, reading);
  return draft;
}
