import { hashId } from '#contracts';
import type { Action } from '../types.js';
import type { ContactPolicy } from './policy.js';

/** A number in [0, 1) that is always the same for these words; those drawn lately are remembered. */
function lot(customer: string, programme: string, definition: string): number {
  const words = `${customer}\n${programme}\n${definition}`;
  let drawn = lots.get(words);
  if (drawn === undefined) {
    drawn = parseInt(hashId('control', customer, programme, definition).slice(0, 12), 16) / 2 ** 48;
    if (lots.size >= mostLots) lots.clear();
    lots.set(words, drawn);
  }
  return drawn;
}

const lots = new Map<string, number>();
const mostLots = 20_000;

/**
 * Whether the customer is held out of this programme, or of all, to show what would have happened without. Drawn by the
 * definition's name without its version, so that a group outlives an activation and its effect can be measured across it.
 */
export function inControlGroup(
  customer: string,
  definition: string,
  action: Pick<Action, 'programme' | 'purpose'>,
  control: ContactPolicy['control'],
): boolean {
  if (action.purpose === 'transactional' || control.exempt.includes(action.programme)) return false;
  const name = definition.slice(0, definition.lastIndexOf('@'));
  return lot(customer, '*', name) < control.all || lot(customer, action.programme, name) < control.each;
}
