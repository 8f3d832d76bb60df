import type { Addressing } from './addressing.js';
import { copied } from './copied.js';
import type { Draft } from './draft.js';
import { bounded } from './evidence.js';
import { readFact, type Reading } from './facts/read.js';
import { nothing, type Decision, type Moment } from './programme.js';
import { outputId } from './output-id.js';
import type { Rules } from './rules.js';
import { setTimer, timerName } from './timers.js';
import type { PublishedRecord } from './types.js';

export type Occasion = Pick<Moment, 'at' | 'cause' | 'causeId' | 'transitions' | 'late'>;

/** Asks the programmes that this concerns what they wish for; gathers proposals, records, timers and memory. */
export function consult(
  { hearers, addressing, label, codes, definition }: Rules,
  draft: Draft,
  occasion: Occasion,
  reading: Reading,
): void {
  const entries = hearers(occasion);
  if (entries.length === 0) return;
  const { customer } = draft;
  const moment: Moment = {
    customer: customer.id,
    definition: label,
    zone: definition.settings.calendar.zone,
    at: occasion.at,
    cause: occasion.cause,
    causeId: occasion.causeId,
    stage: customer.stage,
    health: customer.health,
    transitions: occasion.transitions,
    fact: (name) => readFact(name, reading),
    code: (couponId) => codes?.(couponId).code,
    late: occasion.late,
  };
  for (const { programme, settings } of entries) {
    const { name } = programme;
    const decision = programme.decide(moment, settings, customer.memory[name]);
    if (decision !== nothing) take(draft, name, moment, addressing, decision);
  }
}

function take(
  draft: Draft,
  programme: string,
  moment: Moment,
  addressing: Addressing | undefined,
  decision: Decision<unknown>,
): void {
  const { customer, proposals, records, withdrawn } = draft;
  for (const wish of decision.proposals) {
    const proposal = addressing ? addressing(wish, moment.fact) : wish;
    const evidence = bounded(proposal.evidence);
    proposals.push(evidence === proposal.evidence ? proposal : { ...proposal, evidence });
  }
  if (decision.records)
    for (const record of decision.records) records.push(published(record, programme, moment));
  if (decision.withdraws) withdrawn.push(...decision.withdraws);
  if (decision.memory !== undefined && decision.memory !== customer.memory[programme])
    ownMemory(draft)[programme] = decision.memory;
  for (const timer in decision.timers) {
    const due = decision.timers[timer];
    // Past the clock, so that none fires twice for one moment: what it asks for is known by that moment.
    const set = due == null ? undefined : Math.max(due, customer.clock + 1);
    customer.timers = setTimer(customer.timers, timerName(programme, timer), set);
  }
}

/** The memories of all programmes, copied once for each call. */
function ownMemory(draft: Draft): Record<string, unknown> {
  if (draft.memory === undefined) draft.customer.memory = draft.memory = copied(draft.customer.memory);
  return draft.memory;
}

/** The id is a pure function of customer, definition, causes, programme, type and slot. */
function published(
  { evidence, type, slot, data, subject }: NonNullable<Decision<unknown>['records']>[number],
  programme: string,
  { customer, definition, at }: Moment,
): PublishedRecord {
  const id = outputId('r', customer, definition, evidence.causes, programme, `${type} ${slot}`);
  return { type, data, evidence: bounded(evidence), id, subject: subject ?? customer, at } as PublishedRecord;
}
