import type { CustomerDocument, CustomerStore, Intent } from '#pipeline';

/** What the rules work with: a client of an empty store, and further ones. */
export interface StoreBench {
  readonly store: () => CustomerStore;
  readonly another: () => Promise<CustomerStore>;
  /** Closes every client and opens a new one. */
  readonly reopen: () => Promise<CustomerStore>;
}

/** A customer's document as batch `batch` writes it; `state` holds what the lifecycle adds of its own. */
export function document(
  id: string,
  batch: number,
  { state = {}, ...rest }: Partial<Omit<CustomerDocument, 'state'>> & { state?: object } = {},
): CustomerDocument {
  const base = { id, definition: 'retail@1', stage: 'exploration', health: 'well', timers: [] } as const;
  return { id, partition: 0, batch, outputs: [], ...rest, state: { ...base, ...state } };
}

export const intent = (number: number, group = 'engine'): Intent => ({
  group,
  number,
  from: { 'purchase.events.v1': number * 10 - 10, 'support.events.v1': 0 },
  to: { 'purchase.events.v1': number * 10, 'support.events.v1': 0 },
  watermark: 1_700_000_000_000 + number,
  now: 1_700_000_100_000 + number,
  definition: 'a'.repeat(64),
  rules: 1,
  lastRead: [{ topic: 'purchase.events.v1', offset: number * 10 - 1, crc: 0xffff_ffff }],
});

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Keys that databases are known to trip over. */
export const oddKeys = [
  'a.b.c',
  '$set',
  'a$b',
  '.',
  ' spaced out ',
  'Ærøskøbing 日本 🎁',
  'slash/and\\back',
  'with\u0000nul',
  '__proto__',
  'constructor',
  'line\nbreak',
  '0',
  'x'.repeat(900),
  `${'x'.repeat(900)}y`,
] as const;
