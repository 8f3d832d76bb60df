import type { EventLog, LogRecord, OutboundRecord } from '#pipeline';
import type { BackoffOptions } from './backoff.js';
import type { DeadLetterReason } from './log-context.js';

/** The part of an event by which its handlers are found; the whole of it is their payload. */
export interface TypedEvent {
  readonly type: string;
}

/** `skip`: not for this subscriber; the offset moves. `refused`: a dead letter. */
export type Decoded =
  | { readonly kind: 'event'; readonly event: TypedEvent }
  | { readonly kind: 'skip' }
  | { readonly kind: 'refused'; readonly reason: DeadLetterReason };

/** A record that will not be handled, with everything that its dead letter must say. */
export interface Undeliverable {
  readonly record: LogRecord;
  readonly reason: DeadLetterReason;
  readonly attempts: number;
  readonly group: string;
}

export interface LogTransportOptions {
  readonly log: EventLog;
  readonly group: string;
  readonly topics: readonly string[];
  readonly decode: (record: LogRecord) => Decoded;
  /** The record for the dead-letter topic. */
  readonly deadLetter: (undeliverable: Undeliverable) => OutboundRecord;
  /** The subscription stopped for good, in one partition or as a whole: the process should say so and end. */
  readonly onFailure: (error: Error) => void;
  readonly retry?: Partial<BackoffOptions>;
}
