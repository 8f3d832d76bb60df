import type { Proposal } from '../programme.js';

/** What one part of follow-up decides. `due`: its timer, ms, null to clear it; what is absent stays as it is. */
export interface Step<Memory> {
  readonly proposal?: Proposal;
  readonly due?: number | null;
  readonly memory?: Memory;
}

export const isEmpty = ({ proposal, due, memory }: Step<unknown>): boolean =>
  proposal === undefined && due === undefined && memory === undefined;
