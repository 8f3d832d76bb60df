import { hash64 } from './hash.js';

const lastOwner = { customer: '', definition: '', hash: hash64('\n') };
const lastCause = { text: '', hash: hash64('') };

/**
 * The id of something that goes out: a letter for its kind, then 64 bits each of customer and definition, of what caused it,
 * and of who gives it out and the slot, which tell apart what one cause brings. A pure function of these, 34 characters.
 * Owner and cause of the last id are remembered, since several come together.
 */
export function outputId(
  kind: 'a' | 'r' | 't',
  customer: string,
  definition: string,
  causes: readonly string[],
  giver: string,
  slot: string,
): string {
  return (
    kind +
    ownerHash(customer, definition) +
    causeHash(causes.length === 1 ? causes[0]! : causes.join('\n')) +
    hash64(`${giver}\n${slot}`)
  );
}

function ownerHash(customer: string, definition: string): string {
  if (lastOwner.customer !== customer || lastOwner.definition !== definition) {
    lastOwner.hash = hash64(`${customer}\n${definition}`);
    lastOwner.customer = customer;
    lastOwner.definition = definition;
  }
  return lastOwner.hash;
}

/** 64 bits of what an event or a timer is known by; those of the latest are remembered, since all that it brings names it. */
export function causeHash(cause: string): string {
  if (lastCause.text !== cause) {
    lastCause.hash = hash64(cause);
    lastCause.text = cause;
  }
  return lastCause.hash;
}
