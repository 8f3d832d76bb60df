import { identity, type InputEvent } from '#contracts';
import { arbitrate, isIdle, withdrawContacts, type Brakes, type Question } from './arbiter/index.js';
import { readingOf, type Draft } from './draft.js';
import { readFact } from './facts/read.js';
import type { Rules } from './rules.js';
import type { Customer } from './state.js';
import { arbiterTimer, setTimer } from './timers.js';
import type { Advance } from './types.js';

const mostOutputs = 32;

/** The arbiter's verdict on what was proposed, by the recorded clock `now` (ms) and the recorded brakes. */
export function verdict(
  rules: Rules,
  draft: Draft,
  event: InputEvent | undefined,
  now: number,
  brakes?: Brakes,
): Advance {
  const { customer, proposals, withdrawn, transitions, records, cut } = draft;
  const room = Math.max(0, mostOutputs - transitions.length - records.length);
  for (const { programme, slot } of proposals.splice(room))
    cut.push(`proposal ${programme}/${slot}: more than ${mostOutputs} outputs`);
  const outputs = { customer, transitions, records, duplicate: false, late: false, cut };
  if (proposals.length === 0 && isIdle(customer.contacts) && event?.type !== 'campaign.sent.v1')
    return { ...outputs, actions: [], suppressed: [] };
  const reading = readingOf(rules, draft);
  const { requested, suppressed, contacts, judgeAgainAt, ...made } = arbitrate({
    customer: customer.id,
    definition: rules.label,
    zone: reading.settings.calendar.zone,
    policy: rules.definition.contactPolicy,
    now,
    fact: (name) => readFact(name, reading),
    causeId: causeOf(event, now),
    ...(event && { event }),
    ...(brakes && { brakes }),
    ...(rules.codes && { codes: rules.codes }),
    proposals,
    withdrawn,
    contacts: customer.contacts,
  });
  customer.contacts = contacts;
  customer.timers = setTimer(customer.timers, arbiterTimer, judgeAgainAt ?? undefined);
  return { ...outputs, actions: requested, suppressed, records: [...records, ...made.records] };
}

/** Ends everything that waits or is open, as for an erased customer. */
export function withdrawAll(
  { label, codes }: Rules,
  { id, contacts }: Customer,
  event: InputEvent,
  now: number,
): Pick<Advance, 'suppressed' | 'records'> {
  return withdrawContacts(contacts, {
    customer: id,
    definition: label,
    causeId: causeOf(event, now),
    now,
    ...(codes && { codes }),
  });
}

const causeOf = (event: InputEvent | undefined, now: number): Question['causeId'] =>
  event ? identity(event) : `timer:${arbiterTimer}@${new Date(now).toISOString()}`;
