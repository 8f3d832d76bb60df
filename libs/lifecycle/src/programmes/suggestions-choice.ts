import { own } from '../own.js';
import type { Moment } from '../programme.js';
import { lastedSince } from './reading.js';
import type { SuggestionsMemory } from './suggestions-memory.js';
import type { SuggestionsSettings } from './suggestions-settings.js';

/**
 * What goes with what the customer bought, the latest first, then what there is in the own categories: nothing that was bought
 * within its cycle, returned, complained about, or suggested lately.
 */
export function choose(
  moment: Moment,
  { goesWith, byCategory, cycles, cycleDays, againDays, most }: SuggestionsSettings,
  { bought, disliked, suggested }: SuggestionsMemory,
): readonly string[] {
  const rested = (
    list: readonly (readonly [string, number, ...unknown[]])[],
    product: string,
    days: number,
  ) => lastedSince(list.find(([one]) => one === product)?.[1], days, moment.at);
  const fits = (product: string) =>
    !disliked.includes(product) &&
    rested(bought, product, own(cycles, product) ?? cycleDays) &&
    rested(suggested, product, againDays);
  const categories = (moment.fact('categories') ?? []) as readonly string[];
  const candidates = new Set([
    ...bought.toReversed().flatMap(([product]) => own(goesWith, product) ?? []),
    ...categories.flatMap((category) => own(byCategory, category) ?? []),
  ]);
  return [...candidates].filter(fits).slice(0, most);
}
