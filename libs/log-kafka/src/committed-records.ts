import type { LogRecord } from '#pipeline';

/** One partition of a fetch response, as kafkajs decodes it. Offsets and ids are decimal strings. */
export interface FetchedPartition {
  readonly partition: number;
  readonly lastStableOffset: string;
  readonly abortedTransactions:
    readonly { readonly producerId: string; readonly firstOffset: string }[] | null;
  readonly messages: readonly RawMessage[];
}

export interface RawMessage {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | Buffer[] | null>>;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

/**
 * The committed records from offset `from` on, and the position after all that was read, markers and aborted records
 * included. kafkajs' own consumer lets aborted records through where transactions overlap: the broker lists them in
 * the order of their ends, and it expects the order of their beginnings.
 */
export function committedRecords(
  topic: string,
  { partition, abortedTransactions, messages }: FetchedPartition,
  from: number,
): { readonly records: readonly LogRecord[]; readonly position: number } {
  const toBegin = (abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId, first: Number(firstOffset) }))
    .sort((a, b) => b.first - a.first);
  const aborting = new Set<string>();
  const records: LogRecord[] = [];
  let position = from;
  for (const message of messages) {
    const offset = Number(message.offset);
    if (offset < from) continue;
    position = offset + 1;
    const { producerId, inTransaction } = message.batchContext;
    while (toBegin.length > 0 && toBegin.at(-1)!.first <= offset) aborting.add(toBegin.pop()!.producerId);
    if (message.isControlRecord) aborting.delete(producerId);
    else if (!(inTransaction && aborting.has(producerId)))
      records.push(recordOf(topic, partition, offset, message));
  }
  return { records, position };
}

const none: LogRecord['headers'] = Object.freeze({});

function recordOf(topic: string, partition: number, offset: number, message: RawMessage): LogRecord {
  const { key, value, timestamp } = message;
  let headers: Record<string, Buffer> | undefined;
  for (const name in message.headers) {
    const given = message.headers[name];
    // Of a header given twice the last one counts; one without a value is empty.
    (headers ??= {})[name] = (Array.isArray(given) ? given.at(-1) : given) ?? Buffer.alloc(0);
  }
  return { topic, partition, offset, timestamp: Number(timestamp), key, value, headers: headers ?? none };
}
