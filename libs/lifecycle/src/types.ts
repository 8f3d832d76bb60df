import type { DataOf, InputEvent, InputType, OutputType } from '#contracts';
import type { Brakes } from './arbiter/brakes.js';
import type { WindowLimits } from './seen.js';

export type Stage = 'exploration' | 'awareness' | 'expansion' | 'commitment' | 'dissolution';
/** `none` only inside dissolution. */
export type Health = 'well' | 'atRisk' | 'recovering' | 'none';

/** A timer of one customer: `name` is unique within the customer, `due` in ms since the epoch. */
export interface Timer {
  readonly name: string;
  readonly due: number;
}

/** Why something was decided: the rule's name, the facts that it read with their values, the causing events' ids. */
export interface Evidence {
  readonly rule: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Identities (`source` + `#` + `id`, or `timer:NAME@DUE`, due in ISO 8601) of the causing events. */
  readonly causes: readonly string[];
}

export interface Transition {
  readonly id: string;
  readonly region: 'stage' | 'health';
  readonly from: string;
  readonly to: string;
  /** The cause's event time, ms; where the cause came late, the customer's latest event time until then. */
  readonly at: number;
  readonly evidence: Evidence;
}

export interface Action {
  readonly actionId: string;
  readonly programme: string;
  readonly kind: 'message' | 'offer' | 'survey' | 'perk' | 'gift' | 'task' | 'flag';
  readonly purpose: 'transactional' | 'service' | 'marketing' | 'survey' | 'internal';
  readonly channel: 'email' | 'sms' | 'push' | 'post' | 'phone' | 'in-person' | 'in-app' | 'social';
  readonly audience: 'customer' | 'account-manager' | 'support-lead' | 'sales' | 'product' | 'shop' | 'risk';
  readonly template: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly priority: number;
  /** ms since the epoch. */
  readonly notBefore: number;
  readonly expiresAt: number;
  /** The action that this one reminds of: the two count as one contact. */
  readonly reminderOf?: string;
  readonly evidence: Evidence;
}

/** An action that the arbiter did not let through, or took back, with the rule that stopped it. */
export interface Suppression {
  readonly action: Action;
  readonly reason: string;
  /** When it could have passed, ms; absent where never. */
  readonly possibleAt?: number;
}

type Recorded =
  | Exclude<OutputType, `${'stage' | 'health' | 'definition' | 'action'}.${string}`>
  | 'referral.converted.v1'
  | 'referral.accepted.v1';

/** An event besides transitions and actions, such as a ledger entry. Its data stand without the evidence, which is added. */
export type Publication = {
  [Type in Recorded | 'coupon.redeemed.v1']: {
    readonly type: Type;
    /** Customer or product by the catalogue; the customer itself where absent. */
    readonly subject?: string;
    readonly data: Omit<DataOf<Type>, keyof Evidence | 'definition'>;
    readonly evidence: Evidence;
  };
}[Recorded | 'coupon.redeemed.v1'];

export type PublishedRecord = Publication & {
  /** A pure function of the cause. */
  readonly id: string;
  readonly subject: string;
  /** ms: the cause's event time; for a coupon the recorded clock of the verdict. */
  readonly at: number;
};

/** A customer went over to another definition; `from` and `to` are `name@version`. */
export interface Migration {
  readonly id: string;
  /** ms: the event's time that came first under the new definition, or the customer's latest. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly stageFrom: Stage;
  readonly stageTo: Stage;
  readonly healthFrom: Health;
  readonly healthTo: Health;
  readonly evidence: Evidence;
}

/** What a programme reacts to: events that are folded, and the machine's own transitions. Its own timers it hears anyway. */
export type Heard = InputType | 'stage.changed' | 'health.changed';

/** All that is known of one customer: plain JSON data of bounded size. The shape belongs to this lib. */
export interface CustomerState {
  readonly id: string;
  readonly definition: string;
  readonly stage: Stage;
  readonly health: Health;
  /** Earliest first. */
  readonly timers: readonly Timer[];
  /** Of an erased customer nothing else is known: the number of events that came afterwards. */
  readonly erased?: number;
}

/**
 * What one event did. `duplicate`: its identity was seen before, nothing changed. `late`: it came later than the window,
 * and was folded approximately.
 */
export interface Advance extends WindowLimits {
  readonly customer: CustomerState;
  /** Went before everything else. */
  readonly migration?: Migration;
  readonly transitions: readonly Transition[];
  readonly actions: readonly Action[];
  readonly suppressed: readonly Suppression[];
  /** Besides transitions and actions, in the order decided. */
  readonly records: readonly PublishedRecord[];
  readonly duplicate: boolean;
  readonly late: boolean;
  /** What was left out to stay within bounds, in words; nearly always empty. */
  readonly cut: readonly string[];
}

/**
 * The lib's one entry to the rules.
 * @throws whatever a broken rule throws: the caller keeps the customer as it was and dead-letters the event.
 */
export interface Lifecycle {
  /** `name@version` and content hash (sha-256, hex) of the definition. */
  readonly definition: { readonly name: string; readonly version: number; readonly hash: string };
  /** Goes up when code changes output for the same input. */
  readonly rules: number;
  begin(id: string): CustomerState;
  /** Pure. `now` (ms) is the batch's recorded clock, `brakes` what operators had set; only the arbiter reads them. */
  advance(customer: CustomerState, event: InputEvent, now: number, brakes?: Brakes): Advance;
  /** Every known fact by name, as of `at` (ms), or of the customer's latest event. */
  factsOf(customer: CustomerState, at?: number): Readonly<Record<string, unknown>>;
}
