import type { Programme } from '../programme.js';
import { followUp } from './follow-up.js';
import { winBack } from './win-back.js';

/** Every programme that a definition may name. */
export const programmes: readonly Programme<unknown, unknown>[] = [followUp, winBack];
