import type { Programme } from '../programme.js';
import { announcements } from './announcements.js';
import { community } from './community.js';
import { dates } from './dates.js';
import { firstVisit } from './first-visit.js';
import { followUp } from './follow-up.js';
import { keyAccount } from './key-account.js';
import { liaison } from './liaison.js';
import { loyalty } from './loyalty/index.js';
import { opportunity } from './opportunity.js';
import { quality } from './quality.js';
import { recovery } from './recovery.js';
import { referral } from './referral.js';
import { relationship } from './relationship.js';
import { suggestions } from './suggestions.js';
import { supplier } from './supplier.js';
import { surveys } from './surveys.js';
import { winBack } from './win-back.js';

/** Every programme that a definition may name; one that it does not name is off. */
export const programmes: readonly Programme<unknown, unknown>[] = [
  recovery,
  followUp,
  firstVisit,
  surveys,
  winBack,
  quality,
  supplier,
  dates,
  community,
  loyalty,
  referral,
  announcements,
  keyAccount,
  relationship,
  opportunity,
  liaison,
  suggestions,
];
