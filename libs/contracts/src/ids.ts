import { hash } from 'node:crypto';

interface Identified {
  readonly source: string;
  readonly id: string;
}

/** An event's identity as evidence shows it: `source#id`. */
export const identity = (event: Identified): string => `${event.source}#${event.id}`;

/** An id that is a pure function of its parts: 128 bits of SHA-256 in hex, 32 characters. */
export const hashId = (...parts: readonly (string | number)[]): string =>
  hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);

/** An event's identity for dedupe windows: 64 bits of SHA-256 in hex, 16 characters. */
export const identityHash = (event: Identified): string =>
  hash('sha256', `${event.source.length}:${event.source}${event.id}`, 'hex').slice(0, 16);
