import type { CustomerDocument, Intent, OutboundRecord } from '#pipeline';

export const group = 'engine';
export const partitions = 4;
export const inputs = ['in'];
export const topics = ['in', 'out', 'published'].map((name) => ({ name, partitions, retentionMs: -1 }));
/** Offsets that one batch moves on. */
export const stride = 10;
export const recordsPerBatch = 30;
/** Customers at one partition; every batch writes a third of them. */
export const customers = 60;

/** Batch `number` of a partition, always the same. */
export function batchOf(
  partition: number,
  number: number,
): { intent: Intent; documents: CustomerDocument[]; records: OutboundRecord[] } {
  const intent = {
    group,
    number,
    from: { in: (number - 1) * stride },
    to: { in: number * stride },
    watermark: number,
    now: number,
    definition: 'hash',
    rules: 1,
  };
  const documents = writtenBy(number).map((n) => documentOf(partition, n, number));
  const records = Array.from({ length: recordsPerBatch }, (_, n) => ({
    topic: 'out',
    partition,
    key: `customer ${n}`,
    value: `${number}/${n} ${'x'.repeat(100)}`,
  }));
  return { intent, documents, records };
}

/** The customer's document as the last of its batches up to `number` wrote it. */
export function documentAfter(partition: number, n: number, number: number): CustomerDocument | undefined {
  for (let batch = number; batch > 0 && batch > number - 3; batch--)
    if (writtenBy(batch).includes(n)) return documentOf(partition, n, batch);
  return undefined;
}

const writtenBy = (number: number): number[] =>
  Array.from({ length: customers }, (_, n) => n).filter((n) => n % 3 === number % 3);

export const idOf = (partition: number, n: number): string => `customer ${partition}.${n}`;

function documentOf(partition: number, n: number, batch: number): CustomerDocument {
  const id = idOf(partition, n);
  const timers = [{ name: 'overdue', due: batch * 1_000 + n }];
  const state = { id, definition: 'd@1', stage: 'exploration', health: 'well', timers } as const;
  return { id, partition, batch, outputs: [], state };
}
