import type { Draft } from './draft.js';
import { bounded } from './evidence.js';
import { readFact, type Reading } from './facts/read.js';
import type { Moment } from './programme.js';
import type { Rules } from './rules.js';
import { setTimer } from './timers.js';

export type Occasion = Pick<Moment, 'at' | 'cause' | 'causeId' | 'transitions' | 'late'>;

/** Asks every programme of the definition what it wishes for; gathers proposals, timers and memory. */
export function consult(
  { definition, label }: Rules,
  draft: Draft,
  occasion: Occasion,
  reading: Reading,
): void {
  const { customer, proposals } = draft;
  const moment: Moment = {
    customer: customer.id,
    definition: label,
    at: occasion.at,
    cause: occasion.cause,
    causeId: occasion.causeId,
    stage: customer.stage,
    health: customer.health,
    transitions: occasion.transitions,
    fact: (name) => readFact(name, reading),
    late: occasion.late,
  };
  for (const { programme, settings } of definition.programmes) {
    const { name } = programme;
    const decision = programme.decide(moment, settings, customer.memory[name]);
    for (const proposal of decision.proposals)
      proposals.push({ ...proposal, evidence: bounded(proposal.evidence) });
    if ('memory' in decision && decision.memory !== customer.memory[name])
      customer.memory = { ...customer.memory, [name]: decision.memory };
    if (decision.timers)
      for (const [timer, due] of Object.entries(decision.timers))
        customer.timers = setTimer(
          customer.timers,
          `${name}.${timer}`,
          due === null ? undefined : Math.max(due, customer.clock),
        );
  }
}
