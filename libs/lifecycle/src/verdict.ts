import { formatTime, identity, type InputEvent } from '#contracts';
import {
  arbitrate,
  isIdle,
  stillWaits,
  withdrawContacts,
  type Brakes,
  type Question,
} from './arbiter/index.js';
import { readingOf, type Draft } from './draft.js';
import { readFact } from './facts/read.js';
import type { Rules } from './rules.js';
import type { Customer } from './state.js';
import { arbiterTimer, setTimer } from './timers.js';
import type { Advance } from './types.js';

const mostOutputs = 32;

/** The arbiter's verdict on what was proposed, by the recorded clock `now` (ms) and the recorded brakes. `late` goes out with it. */
export function verdict(
  rules: Rules,
  draft: Draft,
  event: InputEvent | undefined,
  now: number,
  brakes?: Brakes,
  late = false,
): Advance {
  const { customer, proposals, withdrawn, transitions, records, cut } = draft;
  const room = Math.max(0, mostOutputs - transitions.length - records.length);
  if (proposals.length > room)
    for (const { programme, slot } of proposals.splice(room))
      cut.push(`proposal ${programme}/${slot}: more than ${mostOutputs} outputs`);
  if (proposals.length === 0 && isIdle(customer.contacts, event)) {
    customer.timers = setTimer(customer.timers, arbiterTimer, undefined);
    return { customer, transitions, actions: [], suppressed: [], records, duplicate: false, late, cut };
  }
  const reading = readingOf(rules, draft);
  const question: Question = {
    customer: customer.id,
    definition: rules.label,
    zone: reading.settings.calendar.zone,
    policy: rules.definition.contactPolicy,
    now,
    fact: (name) => readFact(name, reading),
    causeId: causeOf(event, now),
    event,
    brakes,
    codes: rules.codes,
    proposals,
    withdrawn,
    contacts: customer.contacts,
  };
  if (proposals.length === 0 && withdrawn.length === 0 && stillWaits(question)) {
    customer.timers = setTimer(customer.timers, arbiterTimer, customer.contacts.judged?.again ?? undefined);
    return { customer, transitions, actions: [], suppressed: [], records, duplicate: false, late, cut };
  }
  const { requested, suppressed, contacts, judgeAgainAt, records: ofCoupons } = arbitrate(question);
  customer.contacts = contacts;
  customer.timers = setTimer(customer.timers, arbiterTimer, judgeAgainAt ?? undefined);
  return {
    customer,
    transitions,
    actions: requested,
    suppressed,
    records: ofCoupons.length === 0 ? records : [...records, ...ofCoupons],
    duplicate: false,
    late,
    cut,
  };
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
  event ? identity(event) : `timer:${arbiterTimer}@${formatTime(now)}`;
