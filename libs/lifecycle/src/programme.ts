import type { InputEvent } from '#contracts';
import type { TSchema } from 'typebox';
import type { CouponTerms } from './coupon.js';
import type {
  Action,
  Evidence,
  Health,
  Heard,
  Publication,
  PublishedRecord,
  Stage,
  Suppression,
  Transition,
} from './types.js';

/** A named fact's value at `moment.at`: numbers in the fact's unit, times in ms, undefined where nothing is known. */
export type FactReader = (name: string) => unknown;

/** What a programme sees: one folded cause and the customer as it stands after it. It sees no verdict of the arbiter. */
export interface Moment {
  readonly customer: string;
  /** `name@version`; with it a programme knows the id that an action of its proposal will have. */
  readonly definition: string;
  /** The definition's IANA zone, for customers whose own is unknown. */
  readonly zone: string;
  /** Event time, ms. */
  readonly at: number;
  readonly cause: InputEvent | { readonly type: 'timer'; readonly name: string; readonly due: number };
  /** Identity of the cause, as in `Evidence.causes`. */
  readonly causeId: string;
  readonly stage: Stage;
  readonly health: Health;
  /** Decided by this cause, in order. */
  readonly transitions: readonly Transition[];
  readonly fact: FactReader;
  /** The code that a coupon of this id bears; undefined where the rules run without a secret. */
  readonly code: (couponId: string) => string | undefined;
  /** The event is older than the customer's latest: facts changed, but the moment itself has passed. */
  readonly late: boolean;
}

/** An action wished for. `channels` in order of preference, at least one; the arbiter takes the first that may be used. */
export interface Proposal extends Omit<Action, 'actionId' | 'channel' | 'evidence'> {
  /** Distinguishes several proposals of one programme for one cause. */
  readonly slot: string;
  readonly channels: readonly Action['channel'][];
  readonly evidence: Evidence;
  /** For an offer: until when it can be taken, ms; as long as `expiresAt` where absent. A customer holds one offer at a time. */
  readonly offerUntil?: number;
  /** For an offer: a coupon is issued with it when it is let through; its id is the action's, and it lapses with the offer. */
  readonly coupon?: CouponTerms;
  /** The action that this one reminds of: the two count as one contact, at the time of the later. */
  readonly reminderOf?: string;
  /** Facts that must keep these values until it is requested; else it is `overtaken`. Unknown is `null`. */
  readonly restsOn?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Decision<Memory> {
  readonly proposals: readonly Proposal[];
  /** Events to publish besides; the arbiter has no say in them. `slot` tells several of one cause and type apart. */
  readonly records?: readonly (Publication & { readonly slot: string })[];
  /** Ids of earlier actions of this programme that are moot: what is pending is suppressed, an open coupon voided. */
  readonly withdraws?: readonly string[];
  /** Timers to set (`due` in ms) or clear (`null`); the name is prefixed with the programme's. */
  readonly timers?: Readonly<Record<string, number | null>>;
  /** Replaces the programme's memory: plain JSON of bounded size. */
  readonly memory?: Memory;
}

/** What most programmes have to say to most events; told from other decisions by being this one object. */
export const nothing: Decision<never> = { proposals: [] };

/** A retention programme: one pure module. Its settings' schema carries the defaults and is what a definition is checked against. */
export interface Programme<Settings = never, Memory = never> {
  readonly name: string;
  readonly settings: TSchema;
  readonly hears: readonly Heard[];
  /** It gives out coupons, so the engine needs a secret for their codes. */
  readonly givesCoupons?: true;
  decide(moment: Moment, settings: Settings, memory: Memory | undefined): Decision<Memory>;
}

/** The arbiter's verdict on one customer's proposals. `contacts` replaces the customer's contact state. */
export interface Verdict<Contacts> {
  readonly requested: readonly Action[];
  readonly suppressed: readonly Suppression[];
  /** What became of coupons. */
  readonly records: readonly PublishedRecord[];
  readonly contacts: Contacts;
  /** When pending proposals must be judged again, ms; null when nothing is pending. Becomes the timer `arbiter`. */
  readonly judgeAgainAt: number | null;
}
