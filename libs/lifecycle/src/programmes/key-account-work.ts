import type { Moment, Proposal } from '../programme.js';
import type { Action } from '../types.js';
import type { KeyAccountSettings } from './key-account-settings.js';
import { daysAfter, readFacts } from './reading.js';
import { isWorth } from './worth.js';

/** `rhythm`: buys otherwise than before. `mood`: is not content. `contact`: others are to be spoken with. */
export type Change = 'rhythm' | 'mood' | 'contact';

export interface KeyAccountMemory {
  readonly offeredAt?: number;
  /** The manager that the customer was told of; null after the last one left. */
  readonly manager?: string | null;
  /** Of the contact persons, so that a change shows. */
  readonly contacts?: string;
  /** Notes of interest: how many, and when the last was made, ms. Their text is with who made them. */
  readonly notes?: readonly [count: number, at: number];
  /** When the last alert of each kind was raised, ms. */
  readonly alerted?: Readonly<Partial<Record<Change, number>>>;
}

/** A customer large enough to be looked after by a manager. */
export function isKey(moment: Moment, { worth, worthAlone }: KeyAccountSettings): boolean {
  return isWorth(moment, moment.stage === 'commitment' ? Math.min(worth, worthAlone) : worthAlone);
}

export const hasManager = ({ fact }: Moment): boolean => typeof fact('accountManager') === 'string';

/** A task or alert to staff. */
export function toStaff(
  moment: Moment,
  settings: KeyAccountSettings,
  what: string,
  how: Partial<Pick<Proposal, 'audience' | 'channels' | 'kind' | 'restsOn'>>,
  variables: Readonly<Record<string, unknown>> = {},
): Proposal {
  const channels: readonly Action['channel'][] = ['in-app'];
  return {
    slot: what,
    programme: 'key-account',
    kind: 'task',
    purpose: 'internal',
    audience: 'account-manager',
    channels,
    template: `key-account.${what}`,
    variables,
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: `key-account.${what}`,
      facts: readFacts(
        moment,
        'accountManager',
        'stage',
        'health',
        'orders',
        'orderValueMean',
        'lastContactAt',
      ),
      causes: [moment.causeId],
    },
    ...how,
  };
}
