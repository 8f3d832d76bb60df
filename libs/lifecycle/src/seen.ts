import { codeAt, entryOf, pack4, unpack, valueAt } from './packed.js';

const hour = 3_600_000;
const hashWidth = 11;
const width = 15;
const fewest = 256;
const most = 2_048;
const span = 7 * 24;
/** Bits of a hash's first character that do not tell its shelf. */
const shelfBits = 2;
const shelfCount = 64 >>> shelfBits;

/**
 * Identities folded lately. Each stands on the shelf that its hash's first character names: 11 characters of hash and 4 of
 * event time in hours, oldest first. So one is looked for among a sixteenth of all, and few characters are copied.
 */
export interface Seen {
  readonly shelves: readonly string[];
  /** The shelf of each, one character, oldest first. */
  readonly order: string;
  /** The newest event time among those that were forgotten, hours since the epoch; absent where none was. */
  readonly forgotten?: number;
}

/** A customer stored by version 0.1.0 has all of them in one string, oldest first. */
export function shelved(kept: Seen | string): Seen {
  if (typeof kept !== 'string') return kept;
  const shelves = nothingSeen.shelves.slice();
  let order = '';
  for (let from = 0; from < kept.length; from += width) {
    const shelf = shelfOf(kept.slice(from));
    shelves[shelf]! += kept.slice(from, from + width);
    order += codeAt(shelf);
  }
  return { shelves, order };
}

export const nothingSeen: Seen = { shelves: Array<string>(shelfCount).fill(''), order: '' };

const shelfOf = (hash: string): number => valueAt(hash, 0) >>> shelfBits;

export const wasSeen = ({ shelves }: Seen, hash: string): boolean =>
  entryOf(shelves[shelfOf(hash)]!, hash, width) >= 0;

/** Where the window ends for a customer. Absent where it holds what it promises. */
export interface WindowLimits {
  /** The event is no newer than one that was forgotten: whether it is a duplicate cannot be told, and it was folded. */
  readonly beyondWindow?: true;
  /** More than 2,048 events came within 7 days: some of them are forgotten already. */
  readonly narrowWindow?: true;
}

/** What the window could not do for an event of time `at` that was not seen; `latest` as for `remember`. Both ms. */
export function limitsOf({ forgotten }: Seen, at: number, latest: number): WindowLimits | undefined {
  if (forgotten === undefined) return undefined;
  const beyondWindow = Math.floor(at / hour) <= forgotten;
  const narrowWindow = Math.floor(latest / hour) - span <= forgotten;
  if (!beyondWindow && !narrowWindow) return undefined;
  return { ...(beyondWindow && { beyondWindow }), ...(narrowWindow && { narrowWindow }) };
}

/**
 * Remembers an identity. Kept are at least the last 256, and all of the 7 days of event time before `latest` (ms), at
 * most 2,048: a function of the folded sequence alone.
 */
export function remember(seen: Seen, hash: string, at: number, latest: number): Seen {
  const shelves = seen.shelves.slice();
  const shelf = shelfOf(hash);
  shelves[shelf]! += hash + pack4(Math.max(0, Math.floor(at / hour)));
  const order = seen.order + codeAt(shelf);
  if (order.length <= fewest) return { shelves, order };
  const since = Math.floor(latest / hour) - span;
  let drop = 0;
  let forgotten = seen.forgotten ?? -1;
  while (order.length - drop > fewest) {
    const oldest = valueAt(order, drop);
    const kept = shelves[oldest]!;
    const of = unpack(kept, hashWidth, 4);
    if (order.length - drop <= most && of >= since) break;
    forgotten = Math.max(forgotten, of);
    shelves[oldest] = kept.slice(width);
    drop++;
  }
  const left = { shelves, order: order.slice(drop) };
  return forgotten < 0 ? left : { ...left, forgotten };
}
