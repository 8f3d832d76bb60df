import type { InputEvent, KnownInputEvent } from '#contracts';
import type { Action } from '../types.js';
import type { Proposal } from '../programme.js';
import { counts } from './caps.js';
import { offerOf, stillOpen, type OpenOffer } from './offer.js';
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

/** What a customer's contacts so far leave taken. */
export interface Taken {
  readonly slots: readonly Slot[];
  readonly offer?: OpenOffer;
}

/** What the arbiter keeps of one customer: plain JSON, bounded by the caps and by `mostPending`. */
export interface Contacts extends Taken {
  readonly pending: readonly Pending[];
  /** When this was judged last, and when time alone makes it be judged again, ms; absent where nothing waits or is open. */
  readonly judged?: Judged;
}

export interface Judged {
  readonly at: number;
  /** null: never. */
  readonly again: number | null;
}

/** Whether the event leaves nothing to judge where nothing is proposed: nothing waits, is open, or takes or gives a slot. */
export function isIdle({ pending, offer }: Contacts, event: InputEvent | undefined): boolean {
  if (pending.length > 0 || offer !== undefined) return false;
  const type = (event as KnownInputEvent | undefined)?.type;
  return type !== 'campaign.sent.v1' && type !== 'message.failed.v1' && type !== 'message.bounced.v1';
}

export const mostPending = 16;

const day = 86_400_000;

export function newContacts(): Contacts {
  return { slots: [], pending: [] };
}

/** What is taken at `now`, after the event; the same object where nothing changed. */
export function stillTaken(
  taken: Taken,
  policy: ContactPolicy,
  now: number,
  event: InputEvent | undefined,
  withdrawn: readonly string[] = [],
): Taken {
  const slots = heldSlots(taken.slots, policy, now, event);
  const offer = stillOpen(taken.offer, now, event, withdrawn);
  return slots === taken.slots && offer === taken.offer ? taken : { slots, ...(offer && { offer }) };
}

/** What is taken after this proposal was let through on this channel; one that goes to staff takes nothing. */
export function takenBy(
  proposal: Pending,
  channel: Action['channel'],
  taken: Taken,
  { caps }: ContactPolicy,
  now: number,
  code?: string,
): Taken {
  const { actionId, purpose, audience } = proposal;
  if (audience !== 'customer') return taken;
  const offer = offerOf(proposal, code) ?? taken.offer;
  const slots = counted(
    [...otherSlots(taken.slots, proposal), { actionId, purpose, channel, at: now }],
    caps,
    now,
  );
  return { slots, ...(offer && { offer }) };
}

/** The slots that count against a proposal: all but that of the action of which it reminds. */
export function otherSlots(slots: readonly Slot[], { reminderOf }: Pending): readonly Slot[] {
  return reminderOf === undefined ? slots : slots.filter(({ actionId }) => actionId !== reminderOf);
}

/**
 * The slots that count at `now`: without the one that a failed or bounced message gives back, with the one that another
 * system's campaign took.
 */
function heldSlots(
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

/**
 * What some cap still counts. Of one's own there are never more than the cap allows; of campaigns its newest `most` are
 * enough, whatever is given back.
 */
function counted(slots: readonly Slot[], caps: ContactPolicy['caps'], now: number): readonly Slot[] {
  return slots.filter((slot, place) =>
    caps.some(
      (cap) =>
        slot.at + cap.days * day > now &&
        counts(cap, slot) &&
        (!slot.foreign || newerCampaigns(slots, place, cap) < cap.most),
    ),
  );
}

/** Of two at the same time the one that stands first counts as the newer. */
function newerCampaigns(slots: readonly Slot[], place: number, cap: ContactPolicy['caps'][number]): number {
  const { at } = slots[place]!;
  return slots.filter(
    (slot, i) => slot.foreign && counts(cap, slot) && (slot.at > at || (slot.at === at && i < place)),
  ).length;
}
