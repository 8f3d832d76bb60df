import type { Action } from '../types.js';
import type { Slot } from './contacts.js';
import type { ContactPolicy } from './policy.js';

const day = 86_400_000;

type Counted = Pick<Action, 'purpose' | 'channel'>;
type Cap = ContactPolicy['caps'][number];

/** Whether a cap counts an action of this purpose on this channel; transactional and internal ones never. */
export const counts = (cap: Cap, action: Counted) =>
  (cap.purpose === undefined
    ? action.purpose !== 'transactional' && action.purpose !== 'internal'
    : cap.purpose === action.purpose) &&
  (cap.channel === undefined || cap.channel === action.channel);

/** When the rolling caps have room for one more, ms; in the past where they have it now. */
export function roomAt(caps: readonly Cap[], slots: readonly Slot[], action: Counted): number {
  let room = -Infinity;
  for (const cap of caps) {
    if (!counts(cap, action)) continue;
    let taken = 0;
    for (const slot of slots) if (counts(cap, slot)) taken++;
    if (taken < cap.most) continue;
    const times = slots
      .filter((slot) => counts(cap, slot))
      .map((slot) => slot.at)
      .sort((a, b) => b - a);
    room = Math.max(room, times[cap.most - 1]! + cap.days * day);
  }
  return room;
}
