import { hashId } from '#contracts';
import type { Action } from '../types.js';
import type { ContactPolicy } from './policy.js';

/** A number in [0, 1) that is always the same for these words; those of customers seen lately are remembered. */
function lot(customer: string, programme: string, definition: string): number {
  const lots = lotsOf(customer, definition);
  let drawn = lots.get(programme);
  if (drawn === undefined) {
    drawn = parseInt(hashId('control', customer, programme, definition).slice(0, 12), 16) / 2 ** 48;
    lots.set(programme, drawn);
  }
  return drawn;
}

/** A customer's lots so far, by programme. */
function lotsOf(customer: string, definition: string): Map<string, number> {
  if (definition !== remembered.definition || remembered.customers.size >= mostCustomers)
    remembered = { definition, customers: new Map() };
  let lots = remembered.customers.get(customer);
  if (lots === undefined) remembered.customers.set(customer, (lots = new Map<string, number>()));
  return lots;
}

let remembered = { definition: '', customers: new Map<string, Map<string, number>>() };
const mostCustomers = 5_000;

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
