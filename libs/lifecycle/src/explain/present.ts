import type { Because, Customer } from '../state.js';
import type { CustomerState } from '../types.js';

/** An action that the arbiter holds back until it may go. Times in ms. */
export interface Waiting {
  readonly actionId: string;
  readonly programme: string;
  readonly kind: string;
  readonly template: string;
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** Where a customer stands, why, and what waits; from the stored state alone. Times in ms, absent before the first move. */
export interface Present {
  readonly stageSince?: number;
  readonly healthSince?: number;
  readonly because: Because;
  readonly waiting: readonly Waiting[];
}

export function presentOf(state: CustomerState): Present {
  const { stageSince, healthSince, because = {}, contacts } = state as Customer;
  return {
    ...(stageSince > 0 && { stageSince }),
    ...(healthSince > 0 && { healthSince }),
    because,
    waiting: contacts.pending.map(({ actionId, programme, kind, template, notBefore, expiresAt }) => ({
      actionId,
      programme,
      kind,
      template,
      notBefore,
      expiresAt,
    })),
  };
}
