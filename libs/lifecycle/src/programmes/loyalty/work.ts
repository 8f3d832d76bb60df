import type { DataOf } from '#contracts';
import type { Decision, Moment, Proposal } from '../../programme.js';
import type { Evidence, Publication } from '../../types.js';
import type { LocalDays } from './local-days.js';
import type { LoyaltyMemory } from './memory.js';
import type { LoyaltySettings } from './settings.js';

type Entry = NonNullable<Decision<LoyaltyMemory>['records']>[number];

/** One moment of one customer, with what was decided so far. `memory` is its own copy; nested values are replaced, never changed. */
export interface Work {
  readonly moment: Moment;
  readonly settings: LoyaltySettings;
  readonly days: LocalDays;
  readonly memory: { -readonly [Key in keyof LoyaltyMemory]: LoyaltyMemory[Key] };
  readonly records: Entry[];
  readonly proposals: Proposal[];
}

type Ledgered = Extract<Publication['type'], `points.${string}` | `tier.${string}` | `re${string}`>;

/** Adds an event to the ledger. `slot` tells several of one type and moment apart. */
export function publish<Type extends Exclude<Ledgered, 'referral.converted.v1'>>(
  work: Work,
  type: Type,
  slot: string,
  data: Omit<DataOf<Type>, keyof Evidence | 'definition'>,
  rule: string,
  facts: Evidence['facts'] = {},
): void {
  const evidence = { rule: `loyalty.${rule}`, facts, causes: [work.moment.causeId] };
  work.records.push({ type, slot, data, evidence } as Entry);
}
