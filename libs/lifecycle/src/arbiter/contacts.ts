import type { InputEvent } from '#contracts';
import type { Action } from '../types.js';
import type { Proposal } from '../programme.js';
import type { ContactPolicy } from './policy.js';

/** A let-through action that still counts towards a frequency cap. `at` is the recorded clock of its verdict, ms. */
export interface Slot {
  readonly actionId: string;
  readonly purpose: Action['purpose'];
  readonly channel: Action['channel'];
  readonly at: number;
}

/** A proposal that may go later. */
export interface Pending extends Proposal {
  readonly actionId: string;
}

/** What the arbiter keeps of one customer: plain JSON, bounded by the caps and by `mostPending`. */
export interface Contacts {
  readonly slots: readonly Slot[];
  readonly pending: readonly Pending[];
}

export const mostPending = 16;

const day = 86_400_000;

export function newContacts(): Contacts {
  return { slots: [], pending: [] };
}

/** The slots that still count at `now`, without the one that a failed or bounced message gives back. */
export function heldSlots(
  slots: readonly Slot[],
  policy: ContactPolicy,
  now: number,
  event: InputEvent | undefined,
): readonly Slot[] {
  const returned = returnedActionId(event);
  const since = now - Math.max(0, ...policy.caps.map((cap) => cap.days)) * day;
  const held = slots.filter((slot) => slot.at > since && slot.actionId !== returned);
  return held.length === slots.length ? slots : held;
}

function returnedActionId(event: InputEvent | undefined): string | undefined {
  if (event?.type !== 'message.failed.v1' && event?.type !== 'message.bounced.v1') return undefined;
  const { actionId } = event.data as { readonly actionId?: string };
  return actionId;
}
