export { LogTransport, type LogTransportEvents, type LogTransportStatus } from './log-transport.js';
export type { Decoded, LogTransportOptions, TypedEvent, Undeliverable } from './log-transport.options.js';
export { LogContext, type DeadLetterReason } from './log-context.js';
export { KeepErrorsFilter } from './keep-errors.filter.js';
export { backoffMs, defaultBackoff, isRetriable, type BackoffOptions } from './backoff.js';
export type { Counts, Trouble } from './progress.js';
