import { BaseRpcContext } from '@nestjs/microservices';
import type { LogRecord, OutboundRecord } from '#pipeline';

/** Why a record goes to the dead letters: a short code for programs, a message for people. */
export interface DeadLetterReason {
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
}

/**
 * What a handler gets beside the event, by `@Ctx()`. A handler's answer is its outcome: resolved means done; a thrown
 * error with `retriable: true` means again later; any other error means dead letter.
 */
export class LogContext extends BaseRpcContext<[LogRecord]> {
  readonly #published: OutboundRecord[] = [];
  #deadLetter: DeadLetterReason | undefined;

  constructor(
    readonly record: LogRecord,
    /** From 1. */
    readonly attempt: number,
    /** Aborted when the record will be handled elsewhere or later: what has not begun should not begin. */
    readonly signal: AbortSignal,
  ) {
    super([record]);
  }

  /** Published in the transaction that moves the offset past this record; dropped when the handler throws. */
  publish(...records: readonly OutboundRecord[]): void {
    this.#published.push(...records);
  }

  /** Sends the record to the dead letters, in the same transaction, and keeps what was published. */
  deadLetter(reason: DeadLetterReason): void {
    this.#deadLetter ??= reason;
  }

  get published(): readonly OutboundRecord[] {
    return this.#published;
  }

  get deadLettered(): DeadLetterReason | undefined {
    return this.#deadLetter;
  }
}
