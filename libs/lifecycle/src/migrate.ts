import { hashId, identity, type KnownInputEvent } from '#contracts';
import { preferredAction } from './arbiter/action.js';
import type { Contacts } from './arbiter/index.js';
import { readingOf, draftOf } from './draft.js';
import type { Facts } from './facts/fold.js';
import { keptDays } from './facts/kept.js';
import { ageOut } from './facts/purchases.js';
import type { ReadSettings } from './facts/read.js';
import { replan } from './fire.js';
import type { Rules } from './rules.js';
import type { Because, Customer } from './state.js';
import { arbiterTimer, isOwn } from './timers.js';
import type { Advance, Health, Migration, Stage, Suppression } from './types.js';

/** A customer under the new definition, and what that put an end to. */
export interface Migrated {
  readonly customer: Customer;
  readonly migration: Migration;
  readonly suppressed: readonly Suppression[];
}

/**
 * Takes a customer over to another definition: the stage that it states, else the same one; facts counted by its calendar
 * and windows; nothing left of programmes that are off. A function of the customer and the event that comes first.
 */
export function migrate(rules: Rules, state: Customer, event: KnownInputEvent): Migrated {
  const { label, definition } = rules;
  const at = Math.max(state.clock, event.at);
  const stage = definition.migration.stages[state.stage] ?? state.stage;
  const health = healthIn(stage, state.health);
  const on = new Set(definition.programmes.map(({ programme }) => programme.name));
  const { pending } = state.contacts;
  const customer: Customer = {
    ...state,
    definition: label,
    stage,
    health,
    stageSince: stage === state.stage ? state.stageSince : at,
    healthSince: health === state.health ? state.healthSince : at,
    facts: recounted(state.facts, definition.settings),
    memory: pick(state.memory, (programme) => on.has(programme)),
    fired: pick(state.fired, (name) => definition.timers.some((timer) => timer.name === name)),
    timers: state.timers.filter(
      ({ name }) => name === arbiterTimer || (!isOwn(name) && on.has(ownerOf(name))),
    ),
    contacts: judgedAnew(state.contacts, (programme) => on.has(programme)),
  };
  const migration: Migration = {
    id: hashId('migration', state.id, state.definition, label, identity(event)),
    at,
    from: state.definition,
    to: label,
    stageFrom: state.stage,
    stageTo: stage,
    healthFrom: state.health,
    healthTo: health,
    evidence: {
      rule: stage === state.stage ? 'migration.sameStage' : 'migration.stated',
      facts: {},
      causes: [identity(event)],
    },
  };
  const moved: Customer = { ...customer, because: becauseOf(state.because, migration) };
  return {
    customer: bringsFacts(event) ? moved : planned(rules, moved, at),
    migration,
    suppressed: pending
      .filter(({ programme }) => !on.has(programme))
      .map((proposal) => ({ action: preferredAction(proposal), reason: 'overtaken' })),
  };
}

/** What still waits is judged by the new policy with the next event. */
function judgedAnew({ slots, offer, pending }: Contacts, isOn: (programme: string) => boolean): Contacts {
  return { slots, ...(offer && { offer }), pending: pending.filter(({ programme }) => isOn(programme)) };
}

/** One advance with the migration that went before it. */
export function withMigration({ migration, suppressed }: Migrated, advance: Advance): Advance {
  return { ...advance, migration, suppressed: [...suppressed, ...advance.suppressed] };
}

/** The migration explains a stage or a health that it changed. */
function becauseOf(known: Because = {}, migration: Migration): Because {
  const { id, at, to: definition, evidence, stageFrom, stageTo, healthFrom, healthTo } = migration;
  const decided = { id, at, definition, evidence };
  return {
    ...known,
    ...(stageFrom !== stageTo && { stage: { ...decided, region: 'stage', from: stageFrom, to: stageTo } }),
    ...(healthFrom !== healthTo && {
      health: { ...decided, region: 'health', from: healthFrom, to: healthTo },
    }),
  };
}

function healthIn(stage: Stage, health: Health): Health {
  if (stage === 'dissolution') return 'none';
  return health === 'none' ? 'well' : health;
}

/** What happens to a customer is folded first, and puts the timers afterwards; else they stand at once as facts say now. */
const bringsFacts = ({ type }: KnownInputEvent): boolean =>
  type !== 'definition.activated.v1' && type !== 'timer.due.v1';

function planned(rules: Rules, customer: Customer, at: number): Customer {
  const draft = draftOf({ ...customer, clock: at });
  replan(rules, draft, readingOf(rules, draft));
  return draft.customer;
}

function recounted(facts: Facts, { calendar, windows }: ReadSettings): Facts {
  const { purchases, lastAt } = facts;
  if (purchases === undefined || lastAt === undefined) return facts;
  const counted = keptDays(purchases, calendar, windows);
  return { ...facts, purchases: ageOut(counted, calendar.day(lastAt), { calendar, windows }) };
}

const ownerOf = (timer: string) => timer.slice(0, timer.indexOf('.'));

const pick = <T>(record: Readonly<Record<string, T>>, keep: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)));
