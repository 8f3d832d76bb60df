import type { Order } from './earning.js';
import type { Punches } from './memory.js';
import { grant } from './rewards.js';
import type { PunchCard } from './settings.js';
import type { Work } from './work.js';

/**
 * What these goods punch, by card; undefined where nothing is punched. A line counts its whole units, goods sold by weight
 * count one; what was free, such as the reward of a card, counts nothing.
 */
export function punchesOf(products: Order['products'], cards: readonly PunchCard[]): Punches | undefined {
  let punches: Record<string, number> | undefined;
  for (const { card, category, product } of cards)
    for (const line of products) {
      if (line.price === 0 || line.quantity === 0) continue;
      if (category !== undefined && line.category !== category) continue;
      if (product !== undefined && line.productId !== product) continue;
      punches ??= {};
      punches[card] = (punches[card] ?? 0) + Math.max(1, Math.floor(line.quantity));
    }
  return punches;
}

/** Punches the cards; each full one grants its reward and begins anew. */
export function punch(work: Work, punches: Punches): void {
  const { settings, memory } = work;
  const cards: Record<string, number> = {};
  for (const { card, buy, rewardId, validDays } of settings.punchCards) {
    const count = (memory.cards[card] ?? 0) + (punches[card] ?? 0);
    const full = Math.max(0, Math.floor(count / buy));
    const left = count - full * buy;
    if (left !== 0) cards[card] = left;
    if (full === 0) continue;
    const reward = { rewardId, quantity: full, validDays };
    grant(work, `card.${card}`, reward, 'cardFull', { card, punches: count });
  }
  memory.cards = cards;
}

/** The same punches taken back; a card whose reward was granted already owes them. */
export function unpunch(work: Work, punches: Punches): void {
  punch(work, Object.fromEntries(Object.entries(punches).map(([card, count]) => [card, -count])));
}
