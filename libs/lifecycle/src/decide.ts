import { identity, type KnownInputEvent } from '#contracts';
import { consult } from './consult.js';
import { draftOf, readingOf, type Draft } from './draft.js';
import { foldFacts } from './facts/fold.js';
import { fireDue, replan } from './fire.js';
import { move } from './move.js';
import { causeHash } from './output-id.js';
import type { Rules } from './rules.js';
import { limitsOf, remember, shelved, wasSeen, type WindowLimits } from './seen.js';
import type { Customer } from './state.js';

export interface Decided {
  readonly draft: Draft;
  readonly late: boolean;
  readonly limits: WindowLimits | undefined;
}

/**
 * Everything but the arbiter's verdict: timers due before the event, the fold, the machine, the programmes' proposals. A
 * function of the folded sequence alone. `undefined` for an event seen before.
 */
export function decide(rules: Rules, state: Customer, event: KnownInputEvent): Decided | undefined {
  const { settings } = rules.definition;
  const causeId = identity(event);
  const hash = causeHash(causeId);
  const seen = shelved(state.seen);
  if (wasSeen(seen, hash)) return undefined;
  const draft = draftOf(state);
  const { customer } = draft;
  fireDue(rules, draft, event.at);

  const late = event.at < customer.clock;
  const lateBefore = customer.facts.late;
  customer.definition = rules.label;
  customer.clock = Math.max(customer.clock, event.at);
  customer.facts = foldFacts(customer.facts, event, hash, settings);
  const limits = limitsOf(seen, event.at, customer.clock);
  customer.seen = remember(seen, hash, event.at, customer.clock);

  const reading = readingOf(rules, draft);
  const transitions = move(rules, draft, event.type, causeId, reading);
  consult(rules, draft, { at: event.at, cause: event, causeId, transitions, late }, reading);
  replan(rules, draft, reading);
  return { draft, late: customer.facts.late !== lateBefore, limits };
}

/** The same for a timer that the scheduler saw pass; `undefined` where it is no longer set for that time. */
export function decideTimer(rules: Rules, state: Customer, name: string, due: number): Draft | undefined {
  if (!state.timers.some((timer) => timer.name === name && timer.due === due)) return undefined;
  const draft = draftOf(state);
  fireDue(rules, draft, due);
  return draft;
}
