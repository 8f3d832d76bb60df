import { newContacts, type Contacts } from './arbiter/index.js';
import { noFacts, type Facts } from './facts/fold.js';
import { nothingSeen, type Seen } from './seen.js';
import type { CustomerState, Transition } from './types.js';

/** By region, the last transition, and the definition (`name@version`) that decided it. */
export type Because = {
  readonly [Region in Transition['region']]?: Transition & { readonly definition: string };
};

/** A customer as this lib keeps it. `clock` is the latest event time folded, ms; the times are 0 before the first event and move. */
export interface Customer extends CustomerState {
  readonly clock: number;
  readonly stageSince: number;
  readonly healthSince: number;
  readonly facts: Facts;
  /** By timer, the due time at which it fired last. */
  readonly fired: Readonly<Record<string, number>>;
  readonly seen: Seen;
  /** By programme. */
  readonly memory: Readonly<Record<string, unknown>>;
  readonly contacts: Contacts;
  /** Why the stage and the health are what they are; absent before the first transition. */
  readonly because?: Because;
  /** Number of events that came after the erasure. */
  readonly erased?: number;
}

export const noContacts = newContacts();

export const newCustomer = (id: string, definition: string): Customer => ({
  id,
  definition,
  stage: 'exploration',
  health: 'well',
  timers: [],
  clock: 0,
  stageSince: 0,
  healthSince: 0,
  facts: noFacts,
  fired: {},
  seen: nothingSeen,
  memory: {},
  contacts: noContacts,
});

/** What is left of an erased customer: that there was one. */
export const tombstone = ({ id, definition }: Customer, droppedSince: number): Customer => ({
  ...newCustomer(id, definition),
  stage: 'dissolution',
  health: 'none',
  erased: droppedSince,
});
