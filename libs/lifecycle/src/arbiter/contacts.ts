import type { InputEvent, KnownInputEvent } from '#contracts';
import type { Action } from '../types.js';
import type { Proposal } from '../programme.js';
import { counts } from './caps.js';
import type { ContactPolicy } from './policy.js';

/** A let-through action that still counts towards a frequency cap. `at` is the recorded clock of its verdict, ms. */
export interface Slot {
  /** Another system's campaign; such a slot is never given back, and its `at` is event time. */
  readonly foreign?: true;
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

/**
 * The slots that count at `now`: without the one that a failed or bounced message gives back, with the one that another
 * system's campaign took.
 */
export function heldSlots(
  slots: readonly Slot[],
  { caps }: ContactPolicy,
  now: number,
  event: InputEvent | undefined,
): readonly Slot[] {
  const known = event as KnownInputEvent | undefined;
  switch (known?.type) {
    case 'message.failed.v1':
    case 'message.bounced.v1': {
      const { actionId } = known.data;
      return actionId === undefined ? slots : slots.filter((slot) => slot.actionId !== actionId);
    }
    case 'campaign.sent.v1': {
      const { campaignId, channel } = known.data;
      const actionId = `campaign:${campaignId}`;
      if (slots.some((slot) => slot.actionId === actionId)) return slots;
      const taken = { actionId, purpose: 'marketing', channel, at: known.at, foreign: true } as const;
      return counted([...slots, taken], caps, now);
    }
    default:
      return slots;
  }
}

/** The slots after this action was let through at `now`; one that goes to staff takes none. */
export function withSlot(
  slots: readonly Slot[],
  { actionId, purpose, channel, audience }: Action,
  caps: ContactPolicy['caps'],
  now: number,
): readonly Slot[] {
  if (audience !== 'customer') return slots;
  return counted([...slots, { actionId, purpose, channel, at: now }], caps, now);
}

/**
 * What some cap still counts. Of one's own there are never more than the cap allows; of campaigns its newest `most` are
 * enough, whatever is given back.
 */
function counted(slots: readonly Slot[], caps: ContactPolicy['caps'], now: number): readonly Slot[] {
  const newestFirst = [...slots].sort((a, b) => b.at - a.at);
  const kept = new Set<Slot>();
  for (const cap of caps) {
    const within = newestFirst.filter((slot) => counts(cap, slot) && slot.at + cap.days * day > now);
    const campaigns = within.filter(({ foreign }) => foreign).slice(0, cap.most);
    for (const slot of [...within.filter(({ foreign }) => !foreign), ...campaigns]) kept.add(slot);
  }
  return slots.filter((slot) => kept.has(slot));
}
