import type { Static, TObject } from 'typebox';
import type { InputEvent } from './envelope.js';
import { engagementEvents } from './events/engagement.js';
import { fannedOutEvents } from './events/fanned-out.js';
import { inboxEvents, orderEvents } from './events/internal.js';
import { ledgerEvents, signalEvents } from './events/ledger.js';
import { actionEvents, transitionEvents } from './events/output.js';
import { profileEvents } from './events/profile.js';
import { purchaseEvents } from './events/purchase.js';
import { supportEvents } from './events/support.js';
import type { TopicName } from './topics.js';

/** `input` comes from upstream, `internal` from the engine to itself, `output` goes to subscribers. */
export type Direction = 'input' | 'internal' | 'output';

interface Documented {
  readonly title: string;
  readonly description: string;
  /** Realistic data that fit the schema. */
  readonly examples: readonly object[];
}

/** What the catalogue says of one event type. `schema` is the schema of `data`, JSON Schema 2020-12. */
export interface EventTypeInfo extends Documented {
  readonly topic: TopicName;
  /** Another topic on which the same type is published. */
  readonly alsoOn?: TopicName;
  readonly direction: Direction;
  /** What `subject` names; it is the record's key. */
  readonly subject: 'customer' | 'partition' | 'product';
  readonly schema: TObject;
}

const inputSchemas = { ...purchaseEvents, ...supportEvents, ...engagementEvents, ...profileEvents };
const foldedSchemas = { ...inputSchemas, ...inboxEvents, ...fannedOutEvents };

type FoldedSchemas = typeof foldedSchemas;
type OutputSchemas = typeof transitionEvents &
  typeof actionEvents &
  typeof ledgerEvents &
  typeof signalEvents;
type Schemas = FoldedSchemas & typeof orderEvents & OutputSchemas;

/** Every event type. */
export type EventType = keyof Schemas;
/** Every type that a task reads: upstream's, and those of the inbox. */
export type InputType = keyof FoldedSchemas;
/** Every type that leaves the engine. */
export type OutputType = keyof OutputSchemas;
/** The data of one event type. */
export type DataOf<T extends EventType> = Static<Schemas[T]>;
/** A decoded input event of one type. */
export type InputEventOf<T extends InputType> = InputEvent<T, DataOf<T>>;
/** A decoded input event, discriminated by `type`. */
export type KnownInputEvent = { [T in InputType]: InputEventOf<T> }[InputType];

const on = <Types extends string>(
  schemas: Readonly<Record<Types, TObject>>,
  info: Omit<EventTypeInfo, 'schema' | keyof Documented>,
): Record<Types, EventTypeInfo> =>
  Object.fromEntries(
    Object.entries<TObject>(schemas).map(([type, schema]) => {
      const { title, description, examples } = schema as TObject & Documented;
      return [type, { ...info, schema, title, description, examples }];
    }),
  ) as Record<Types, EventTypeInfo>;

const input = { direction: 'input', subject: 'customer' } as const;
const output = { direction: 'output', subject: 'customer' } as const;

/** The catalogue: every event type with its topic and the one schema from which type, validator and documents come. */
export const eventTypes: Readonly<Record<EventType, EventTypeInfo>> = {
  ...on(purchaseEvents, { topic: 'purchase.events.v1', ...input }),
  ...on(supportEvents, { topic: 'support.events.v1', ...input }),
  ...on(engagementEvents, { topic: 'engagement.events.v1', ...input }),
  ...on(profileEvents, { topic: 'profile.events.v1', ...input }),
  ...on(
    { ...inboxEvents, ...fannedOutEvents },
    { topic: 'lifecycle.inbox.v1', direction: 'internal', subject: 'customer' },
  ),
  ...on(orderEvents, { topic: 'lifecycle.order.v1', direction: 'internal', subject: 'partition' }),
  ...on(transitionEvents, { topic: 'lifecycle.transitions.v1', ...output }),
  ...on(actionEvents, { topic: 'retention.actions.v1', ...output }),
  ...on(ledgerEvents, { topic: 'loyalty.ledger.v1', ...output }),
  ...on(signalEvents, { topic: 'quality.signals.v1', direction: 'output', subject: 'product' }),
  ...on(
    { 'coupon.redeemed.v1': engagementEvents['coupon.redeemed.v1'] },
    { topic: 'engagement.events.v1', alsoOn: 'loyalty.ledger.v1', ...input },
  ),
};

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventTypes, type);
/** The types that a task reads. */
export const inputTypes = Object.keys(foldedSchemas) as InputType[];
/** Whether a task reads events of this type. */
export const isInputType = (type: string): type is InputType => Object.hasOwn(foldedSchemas, type);
