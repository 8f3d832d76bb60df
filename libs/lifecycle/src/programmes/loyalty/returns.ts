import type { DataOf } from '#contracts';
import { costOf } from './earning.js';
import { findOrder, replaceOrder, type KnownOrder } from './known-orders.js';
import { takeBack } from './ledger.js';
import type { Punches } from './memory.js';
import { punchesOf, unpunch } from './punch-cards.js';
import type { Work } from './work.js';

type TakenBack = DataOf<'order.returned.v1'>;

/**
 * Points go back in proportion to the amount; of what the customer keeps, begun points are dropped. An order that is not
 * known, or came too long ago, changes nothing.
 */
export function tookBack(work: Work, taken: TakenBack): void {
  const known = findOrder(work, taken.orderId);
  if (!known) return;
  const { key, due, total, points, back: before } = known;
  const back = backOf(taken, known);
  if (back === before) return;
  const punches = punchesBack(work, taken, known, back);
  replaceOrder(work, key, back < total ? { ...known, back, punches: punches.left } : undefined);
  const lost = keptOf(points, total, before) - keptOf(points, total, back);
  if (lost > 0) takeBack(work, taken.orderId, due, lost);
  if (punches.taken) unpunch(work, punches.taken);
}

const keptOf = (points: number, total: number, back: number) => Math.floor((points * (total - back)) / total);

/** What came back of the order, this time included, in thousandths. */
function backOf({ total, products, whole }: TakenBack, { total: all, back: before }: KnownOrder): number {
  if (whole ?? (total === undefined && products === undefined)) return all;
  const amount = total ?? (products ?? []).reduce((sum, line) => sum + costOf(line), 0);
  return Math.min(all, before + Math.round(amount * 1000));
}

/** Of the order's punches those of the goods named, or a share like that of the amount. */
function punchesBack(
  { settings }: Work,
  { products }: TakenBack,
  { total, back: before, punches: held }: KnownOrder,
  back: number,
): { readonly taken?: Punches; readonly left?: Punches } {
  if (!held) return {};
  const named = products && punchesOf(products, settings.punchCards);
  const share = (back - before) / (total - before);
  const taken: Record<string, number> = {};
  const left: Record<string, number> = {};
  for (const [card, count] of Object.entries(held)) {
    const gone =
      back === total ? count : products ? Math.min(count, named?.[card] ?? 0) : Math.floor(count * share);
    if (gone > 0) taken[card] = gone;
    if (gone < count) left[card] = count - gone;
  }
  return {
    ...(Object.keys(taken).length > 0 && { taken }),
    ...(Object.keys(left).length > 0 && { left }),
  };
}
