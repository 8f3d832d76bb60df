import { createHash } from 'node:crypto';
import type { InputEvent, KnownInputEvent } from '#contracts';
import { arbitrate, withdrawPending } from './arbiter/index.js';
import type { Definition } from './definition/definition.js';
import { bounded, evidenceOf } from './evidence.js';
import { foldFacts, isTooLate } from './facts/fold.js';
import { readAll, readFact, type Reading } from './facts/read.js';
import { compileMachine, type Move } from './machine/machine.js';
import type { Moment, Proposal } from './programme.js';
import { identityHash, remember, wasSeen } from './seen.js';
import { newCustomer, tombstone, type Customer } from './state.js';
import { arbiterTimer, mostTimers, planTimers, setTimer } from './timers.js';
import type { Advance, Lifecycle, Suppression, Timer, Transition } from './types.js';

/** Goes up when code changes output for the same input. */
const rules = 1;
const mostFires = 100;
const mostProposals = 32;

/** One customer in the middle of one call: what `advance` changes and gathers. */
interface Draft {
  customer: Customer;
  readonly transitions: Transition[];
  readonly proposals: Proposal[];
  readonly cut: string[];
}

/** The rules of one definition. Everything that it returns is new; nothing given to it changes. */
export function createLifecycle(definition: Definition): Lifecycle {
  const { name, version, hash, settings, programmes, contactPolicy } = definition;
  const label = `${name}@${version}`;
  const machine = compileMachine(definition);
  const plan = planTimers(definition);

  const reading = ({ customer }: Draft): Reading => ({
    facts: customer.facts,
    standing: customer,
    at: customer.clock,
    settings,
  });

  /** One event of the machine; a change of stage is told to the machine, so that health can follow. */
  function move(draft: Draft, event: string, cause: string): readonly Transition[] {
    const first = draft.transitions.length;
    for (let next: string | undefined = event; next !== undefined;) {
      const before = reading(draft);
      const step = machine(draft.customer, next, before);
      next = undefined;
      if (!step) break;
      for (const made of step.moves) {
        draft.transitions.push(transition(draft.customer, made, before, cause));
        if (made.region === 'stage') next = 'stage.changed';
      }
      const { stage, health } = step.standing;
      const { clock } = draft.customer;
      draft.customer = {
        ...draft.customer,
        stage,
        health,
        stageSince: stage === draft.customer.stage ? draft.customer.stageSince : clock,
        healthSince: health === draft.customer.health ? draft.customer.healthSince : clock,
      };
    }
    return draft.transitions.slice(first);
  }

  function transition({ id, clock }: Customer, { region, from, to, by }: Move, at: Reading, cause: string) {
    const words = [id, label, cause, region, from, to];
    return {
      id: createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32),
      region,
      from,
      to,
      at: clock,
      evidence: evidenceOf(by.rule, by.facts, at, [cause]),
    };
  }

  function consult(draft: Draft, moment: Pick<Moment, 'at' | 'cause' | 'causeId' | 'transitions' | 'late'>) {
    const seen = reading(draft);
    const { id: customer, stage, health } = draft.customer;
    const whole: Moment = { ...moment, customer, stage, health, fact: (fact) => readFact(fact, seen) };
    for (const { programme, settings: chosen } of programmes) {
      const decision = programme.decide(whole, chosen, draft.customer.memory[programme.name]);
      for (const proposal of decision.proposals)
        draft.proposals.push({ ...proposal, evidence: bounded(proposal.evidence) });
      if ('memory' in decision)
        draft.customer = {
          ...draft.customer,
          memory: { ...draft.customer.memory, [programme.name]: decision.memory },
        };
      for (const [timer, due] of Object.entries(decision.timers ?? {}))
        draft.customer = {
          ...draft.customer,
          timers: setTimer(
            draft.customer.timers,
            `${programme.name}.${timer}`,
            due === null ? undefined : Math.max(due, draft.customer.clock),
          ),
        };
    }
  }

  function replan(draft: Draft) {
    const { customer } = draft;
    let timers = plan(customer.timers, customer.fired, reading(draft));
    if (timers.length > mostTimers) {
      draft.cut.push(
        `timers: ${timers
          .slice(mostTimers)
          .map((timer) => timer.name)
          .join(', ')}`,
      );
      timers = timers.slice(0, mostTimers);
    }
    if (timers !== customer.timers) draft.customer = { ...customer, timers };
  }

  function fire(draft: Draft, { name: timer, due }: Timer) {
    const timers = setTimer(draft.customer.timers, timer, undefined);
    if (timer === arbiterTimer) {
      draft.customer = { ...draft.customer, timers };
      return;
    }
    const { fired, clock } = draft.customer;
    const own = !timer.includes('.');
    draft.customer = {
      ...draft.customer,
      timers,
      clock: Math.max(clock, due),
      ...(own ? { fired: { ...fired, [timer]: due } } : {}),
    };
    const causeId = `timer:${timer}@${new Date(due).toISOString()}`;
    const transitions = own ? move(draft, `timer.${timer}`, causeId) : [];
    const cause = { type: 'timer', name: timer, due } as const;
    consult(draft, { at: due, cause, causeId, transitions, late: false });
    replan(draft);
  }

  function fireDue(draft: Draft, upTo: number) {
    for (let fires = 0; ; fires++) {
      const next = draft.customer.timers[0];
      if (!next || next.due > upTo) return;
      if (fires === mostFires) {
        draft.cut.push(`timer fires: ${next.name} and what is due with it wait for the next event`);
        draft.customer = {
          ...draft.customer,
          timers: draft.customer.timers.map((it) => (it.due < upTo ? { ...it, due: upTo } : it)),
        };
        return;
      }
      fire(draft, next);
    }
  }

  function judge(draft: Draft, event: InputEvent | undefined, now: number): Advance {
    if (draft.proposals.length > mostProposals)
      draft.cut.push(`proposals: ${draft.proposals.splice(mostProposals).length}`);
    const { contacts } = draft.customer;
    const idle = draft.proposals.length === 0 && contacts.pending.length === 0 && contacts.slots.length === 0;
    const { id: customer } = draft.customer;
    const seen = reading(draft);
    const verdict = idle
      ? { requested: [], suppressed: [], contacts, judgeAgainAt: null }
      : arbitrate({
          customer,
          definition: label,
          zone: settings.calendar.zone,
          policy: contactPolicy,
          now,
          fact: (fact) => readFact(fact, seen),
          ...(event ? { event } : {}),
          proposals: draft.proposals,
          contacts,
        });
    const timers = setTimer(draft.customer.timers, arbiterTimer, verdict.judgeAgainAt ?? undefined);
    return {
      customer:
        timers === draft.customer.timers && verdict.contacts === contacts
          ? draft.customer
          : { ...draft.customer, timers, contacts: verdict.contacts },
      transitions: draft.transitions,
      actions: verdict.requested,
      suppressed: verdict.suppressed,
      duplicate: false,
      late: false,
      cut: draft.cut,
    };
  }

  function advance(state: Customer, event: KnownInputEvent, now: number): Advance {
    if (event.type === 'timer.due.v1') return timerDue(state, event.data, now);
    const identity = `${event.source}#${event.id}`;
    const hashed = identityHash(identity);
    if (wasSeen(state.seen, hashed)) return unchanged(state, { duplicate: true });
    const draft: Draft = { customer: state, transitions: [], proposals: [], cut: [] };
    fireDue(draft, event.at);
    const { customer } = draft;
    const tooLate = isTooLate(customer.facts, event.at, settings);
    const late = event.at < customer.clock;
    const clock = Math.max(customer.clock, event.at);
    draft.customer = {
      ...customer,
      definition: label,
      clock,
      stageSince: customer.stageSince || event.at,
      healthSince: customer.healthSince || event.at,
      facts: foldFacts(customer.facts, event, hashed, settings),
      seen: remember(customer.seen, hashed, event.at, clock),
    };
    const transitions = move(draft, event.type, identity);
    consult(draft, { at: event.at, cause: event, causeId: identity, transitions, late });
    replan(draft);
    return { ...judge(draft, event, now), late: tooLate };
  }

  function timerDue(state: Customer, data: { name: string; due: string }, now: number): Advance {
    const due = Date.parse(data.due);
    const set = state.timers.some((timer) => timer.name === data.name && timer.due === due);
    if (!set) return unchanged(state, {});
    const draft: Draft = { customer: state, transitions: [], proposals: [], cut: [] };
    fireDue(draft, due);
    return judge(draft, undefined, now);
  }

  return {
    definition: { name, version, hash },
    rules,
    begin: (id) => newCustomer(id, label),
    advance(state, event, now) {
      const customer = state as Customer;
      if (customer.erased !== undefined) {
        if (event.type === 'timer.due.v1') return unchanged(customer, {});
        return unchanged({ ...customer, erased: customer.erased + 1 }, {});
      }
      if (event.type === 'customer.erased.v1')
        return unchanged(tombstone(customer, 0), { suppressed: withdrawPending(customer.contacts) });
      return advance(customer, event as KnownInputEvent, now);
    },
    factsOf(state, at) {
      const customer = state as Customer;
      return readAll({ facts: customer.facts, standing: customer, at: at ?? customer.clock, settings });
    },
  };
}

function unchanged(
  customer: Customer,
  more: { readonly duplicate?: boolean; readonly suppressed?: readonly Suppression[] },
): Advance {
  return {
    customer,
    transitions: [],
    actions: [],
    suppressed: more.suppressed ?? [],
    duplicate: more.duplicate ?? false,
    late: false,
    cut: [],
  };
}
