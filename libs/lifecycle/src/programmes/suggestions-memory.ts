/** A product and when it was last bought or suggested, ms. */
export type Dated = readonly [product: string, at: number];

/** A product bought, with the order that it was in. */
export type Bought = readonly [product: string, at: number, orderId: string];

/** Of the products that the settings name. Each list holds the 32 latest, the latest last. */
export interface SuggestionsMemory {
  readonly bought: readonly Bought[];
  /** Returned or complained about: never suggested. */
  readonly disliked: readonly string[];
  readonly suggested: readonly Dated[];
  /** The suggestion that may still wait. */
  readonly open?: { readonly actionId: string; readonly products: readonly string[] };
  /** The timer is set. */
  readonly set?: true;
}

export const nothingKnown: SuggestionsMemory = { bought: [], disliked: [], suggested: [] };

const most = 32;

/** Adds to a list by product, newest last, and lets the oldest go. */
export function withDated<Entry extends readonly [product: string, at: number, ...rest: unknown[]]>(
  known: readonly Entry[],
  added: readonly Entry[],
): readonly Entry[] {
  const latest = new Map(known.map((entry) => [entry[0], entry]));
  for (const entry of added)
    if ((latest.get(entry[0])?.[1] ?? -Infinity) <= entry[1]) latest.set(entry[0], entry);
  return [...latest.values()].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).slice(-most);
}

export function withDisliked(memory: SuggestionsMemory, products: readonly string[]): SuggestionsMemory {
  const fresh = products.filter((product) => !memory.disliked.includes(product));
  return fresh.length === 0 ? memory : { ...memory, disliked: [...memory.disliked, ...fresh].slice(-most) };
}
