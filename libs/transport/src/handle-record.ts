import { LogError, StoreError, type LogRecord, type OutboundRecord } from '#pipeline';
import { backOff, defaultBackoff, isRetriable } from './backoff.js';
import { isMaskedError } from './keep-errors.filter.js';
import { LogContext, type DeadLetterReason } from './log-context.js';
import type { LogTransportOptions, TypedEvent } from './log-transport.options.js';

/** What became of a record; `abandoned`: nothing, it will be delivered again. */
export type Handled =
  | { readonly kind: 'handled' | 'skipped' | 'deadLettered'; readonly records: readonly OutboundRecord[] }
  | { readonly kind: 'abandoned' };

/** The subscriber's handlers, found by event type. */
export interface Handlers {
  has(type: string): boolean;
  /** @throws what a handler throws. */
  call(event: TypedEvent, context: LogContext): Promise<void>;
}

/** Told of each failed attempt that will be repeated, and (without error) of the success that ends them. */
export type Retrying = (attempts: number, error?: unknown) => void;

/**
 * Decodes a record and lets the subscriber handle it, again and again while its errors are retriable.
 * @throws what no retry and no dead letter can mend: a transport that was put together wrongly, a log or a store that
 * is broken.
 */
export async function handleRecord(
  record: LogRecord,
  options: LogTransportOptions,
  handlers: Handlers,
  signal: AbortSignal,
  retrying: Retrying,
): Promise<Handled> {
  const decoded = options.decode(record);
  if (decoded.kind === 'refused') return deadLettered(decoded.reason, 0);
  if (decoded.kind === 'skip' || !handlers.has(decoded.event.type)) return { kind: 'skipped', records: [] };

  const backoff = { ...defaultBackoff, ...options.retry };
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return { kind: 'abandoned' };
    const context = new LogContext(record, attempt, signal);
    try {
      await handlers.call(decoded.event, context);
      if (attempt > 1) retrying(attempt);
      const { published, deadLettered: reason } = context;
      return reason ? deadLettered(reason, attempt, published) : { kind: 'handled', records: published };
    } catch (error) {
      if (isMaskedError(error))
        throw new Error('Nest masked a handler’s error: register `KeepErrorsFilter` as a global filter', {
          cause: error,
        });
      if ((error instanceof StoreError || error instanceof LogError) && !error.retriable) throw error;
      if (!isRetriable(error)) {
        if (attempt > 1) retrying(attempt);
        return deadLettered(reasonOf(error), attempt);
      }
      retrying(attempt, error);
      if (!(await backOff(attempt, backoff, signal))) return { kind: 'abandoned' };
    }
  }

  function deadLettered(
    reason: DeadLetterReason,
    attempts: number,
    published: readonly OutboundRecord[] = [],
  ): Handled {
    const letter = options.deadLetter({ record, reason, attempts, group: options.group });
    return { kind: 'deadLettered', records: [...published, letter] };
  }
}

function reasonOf(error: unknown): DeadLetterReason {
  if (!(error instanceof Error)) return { code: 'handler', message: String(error), cause: error };
  const { code } = error as { code?: unknown };
  return { code: typeof code === 'string' ? code : error.name, message: error.message, cause: error };
}
