import type { InputEvent } from '#contracts';
import { arbitrate } from './arbiter/index.js';
import { readingOf, type Draft } from './draft.js';
import { readFact } from './facts/read.js';
import type { Rules } from './rules.js';
import { arbiterTimer, setTimer } from './timers.js';
import type { Advance } from './types.js';

const mostOutputs = 32;

/** The arbiter's verdict on what was proposed, by the recorded clock `now` (ms). */
export function verdict(rules: Rules, draft: Draft, event: InputEvent | undefined, now: number): Advance {
  const { customer, proposals, transitions, cut } = draft;
  const room = Math.max(0, mostOutputs - transitions.length);
  for (const { programme, slot } of proposals.splice(room))
    cut.push(`proposal ${programme}/${slot}: more than ${mostOutputs} outputs`);
  const outputs = { customer, transitions, duplicate: false, late: false, cut };
  const { pending, slots } = customer.contacts;
  const idle = proposals.length === 0 && pending.length === 0 && slots.length === 0;
  if (idle && event?.type !== 'campaign.sent.v1') return { ...outputs, actions: [], suppressed: [] };
  const reading = readingOf(rules, draft);
  const { requested, suppressed, contacts, judgeAgainAt } = arbitrate({
    customer: customer.id,
    definition: rules.label,
    zone: reading.settings.calendar.zone,
    policy: rules.definition.contactPolicy,
    now,
    fact: (name) => readFact(name, reading),
    ...(event ? { event } : {}),
    proposals,
    contacts: customer.contacts,
  });
  customer.contacts = contacts;
  customer.timers = setTimer(customer.timers, arbiterTimer, judgeAgainAt ?? undefined);
  return { ...outputs, actions: requested, suppressed };
}
