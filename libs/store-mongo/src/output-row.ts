import type { OutboundRecord } from '#pipeline';

/** A record of the outbox. Headers are pairs, since a field's name may hold what a database reads as a path. */
export interface OutputRow {
  readonly topic: string;
  readonly partition?: number;
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: readonly (readonly [string, string | Buffer])[];
}

export function outputRowOf({ headers, ...record }: OutboundRecord): OutputRow {
  return { ...record, ...(headers && { headers: Object.entries(headers) }) };
}

export function outputRow({ headers, ...row }: OutputRow): OutboundRecord {
  return { ...row, ...(headers && { headers: Object.fromEntries(headers) }) };
}
