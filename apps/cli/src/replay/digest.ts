import { createHash } from 'node:crypto';

/** A short name of these bytes: 22 characters, 132 bits of their SHA-256. */
export const digestOf = (value: string | Buffer | null): string =>
  createHash('sha256')
    .update(value ?? '')
    .digest('base64url')
    .slice(0, 22);
