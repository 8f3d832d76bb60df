/** A record as a log holds it. `timestamp` is the broker's arrival time, ms since the epoch. */
export interface SourceRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** A record to write to a stated partition. */
export interface AddressedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
}

/**
 * Bytes that a record's content takes: key, value and headers with their names. The key counts twice, since a
 * re-routed record carries it in a header as well.
 */
export function recordBytes(record: Pick<SourceRecord, 'key' | 'value' | 'headers'>): number {
  let bytes = (record.value?.length ?? 0) + 2 * (record.key?.length ?? 0);
  for (const name in record.headers) bytes += name.length + (record.headers[name]?.length ?? 0);
  return bytes;
}
