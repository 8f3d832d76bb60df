import type { RecordedOutput } from '../../inspect/why/recorded-outputs.js';
import type { Pair } from './sides.js';

/** Actions by what they are told apart by. Counts are those of the two sides. */
export interface ActionCell {
  readonly programme: string;
  readonly kind: string;
  /** Where the customer stood, on its own side. */
  readonly stage: string;
  /** `yyyy-mm`, UTC */
  readonly month: string;
  readonly requested: Pair;
  readonly suppressed: Pair;
  /** Customers' actions that one side alone has, in this month. */
  gained: number;
  lost: number;
}

export interface MoveCell {
  readonly region: string;
  readonly from: string;
  readonly to: string;
  readonly month: string;
  readonly count: Pair;
}

export interface StageCell {
  readonly stage: string;
  readonly month: string;
  readonly change: Pair;
}

/** One customer, on both sides. */
export interface CustomerRow {
  readonly customer: string;
  /** Sum of the order totals in `currency` of the result. */
  readonly value: number;
  readonly stageAgainst: string;
  readonly stageCandidate: string;
  readonly healthAgainst: string;
  readonly healthCandidate: string;
  readonly movesAgainst: number;
  readonly movesCandidate: number;
  readonly requestedAgainst: number;
  readonly requestedCandidate: number;
  /** Actions that the candidate alone, or the other side alone, has. */
  readonly gained: number;
  readonly lost: number;
  /** Requests whose audience is the customer. */
  readonly contactsAgainst: number;
  readonly contactsCandidate: number;
  readonly costAgainst: number;
  readonly costCandidate: number;
}

/** A customer who differs, with what one side alone has decided, in order of time. */
export interface Differing {
  readonly row: CustomerRow;
  readonly score: number;
  readonly only: readonly [against: readonly RecordedOutput[], candidate: readonly RecordedOutput[]];
}

/** How many customers were followed for at least so many months (the index), and how many of them had not left then. */
export interface Staying {
  readonly followed: number[];
  readonly stayed: readonly [against: number[], candidate: number[]];
}

/** What the rehearsal of some customers came to; parts are put together by `merged`. Plain data. */
export interface Part {
  events: number;
  /** Span of the events, ms. */
  from: number;
  to: number;
  readonly actions: ActionCell[];
  readonly moves: MoveCell[];
  /** How the number of customers in each stage changed by month, arrivals included. */
  readonly stages: StageCell[];
  readonly staying: Staying;
  readonly customers: CustomerRow[];
  readonly differing: Differing[];
  /** Events that a side's rules threw at. */
  readonly broken: { readonly counts: Pair; example?: string };
  /** Orders in another currency than the value is counted in. */
  foreignOrders: number;
}

export const emptyPart = (): Part => ({
  ...{ events: 0, from: Infinity, to: -Infinity, foreignOrders: 0 },
  ...{ actions: [], moves: [], stages: [], customers: [], differing: [] },
  staying: { followed: [], stayed: [[], []] },
  broken: { counts: [0, 0] },
});
