import type { DataOf, KnownInputEvent } from '#contracts';
import { hash64 } from '../hash.js';
import { earlier, later, latest, type Latest } from './latest.js';

/** An address, by hash, and when it was first and last given, ms. The address itself is the mailer's. */
export type Address = readonly [hash: string, first: number, last: number];

export interface Profile {
  /** By fact name; null was forgotten on purpose. */
  readonly fields: Readonly<Record<string, Latest<string | null>>>;
  /** By `channel:purpose`. */
  readonly consents: Readonly<Record<string, Latest<boolean>>>;
  readonly flags: Readonly<Record<string, Latest<boolean>>>;
  /** The supplier's latest word: ended or reopened. */
  readonly ended?: Latest<boolean>;
  /** The latest end, reopened or not, ms. */
  readonly endedAt?: number;
  readonly subscription?: Latest<'active' | 'cancelled'>;
  readonly renewals?: number;
  readonly addresses: Readonly<Partial<Record<'email' | 'phone', readonly Address[]>>>;
  /** Whom to speak with at the customer's; null was forgotten on purpose. */
  readonly contacts?: Latest<readonly Contact[] | null>;
}

export type Contact = NonNullable<DataOf<'profile.updated.v1'>['contacts']>[number];

export const noProfile: Profile = { fields: {}, consents: {}, flags: {}, addresses: {} };

export type ProfileEvent = Extract<
  KnownInputEvent,
  {
    readonly type:
      | 'profile.updated.v1'
      | 'consent.changed.v1'
      | 'message.unsubscribed.v1'
      | `account.${string}`
      | `relationship.${string}`
      | `subscription.${string}`;
  }
>;

const kept = [
  'preferredName',
  'locale',
  'timeZone',
  'birthday',
  'customerSince',
  'relationshipType',
  'accountManager',
  'addressFingerprint',
  'paymentFingerprint',
] as const;
const objectable = ['marketing', 'survey', 'service'] as const;

export function foldProfile(known: Profile, event: ProfileEvent, tie: string): Profile {
  const { at } = event;
  switch (event.type) {
    case 'profile.updated.v1':
      return withFields(known, event.data, at, tie);
    case 'consent.changed.v1': {
      const { channel, purpose, granted } = event.data;
      return { ...known, consents: withConsent(known.consents, channel, [purpose], granted, at, tie) };
    }
    case 'message.unsubscribed.v1': {
      const { channel, purpose } = event.data;
      const objected = purpose === undefined ? objectable : [purpose];
      return { ...known, consents: withConsent(known.consents, channel, objected, false, at, tie) };
    }
    case 'account.assigned.v1': {
      const manager = latest(known.fields['accountManager'], event.data.accountManager, at, tie);
      return { ...known, fields: { ...known.fields, accountManager: manager } };
    }
    case 'account.flagged.v1': {
      const { flag, cleared } = event.data;
      const raised = latest(known.flags[flag], cleared !== true, at, tie);
      return { ...known, flags: { ...known.flags, [flag]: raised } };
    }
    case 'relationship.changed.v1': {
      const type = latest(known.fields['relationshipType'], event.data.relationshipType, at, tie);
      return { ...known, fields: { ...known.fields, relationshipType: type } };
    }
    case 'relationship.ended.v1':
      return { ...known, ended: latest(known.ended, true, at, tie), endedAt: later(known.endedAt, at) };
    case 'relationship.reopened.v1':
      return { ...known, ended: latest(known.ended, false, at, tie) };
    case 'subscription.renewed.v1':
      return {
        ...known,
        subscription: latest(known.subscription, 'active', at, tie),
        renewals: (known.renewals ?? 0) + 1,
      };
    case 'subscription.cancelled.v1':
      return { ...known, subscription: latest(known.subscription, 'cancelled', at, tie) };
    default:
      return event satisfies never;
  }
}

/**
 * The supplier ended the relationship and has not taken the customer back since: by reopening it, or by clearing the last
 * flag that stood on the account.
 */
export function isEnded({ ended, flags }: Profile): boolean {
  if (ended?.[0] !== true) return false;
  const words = Object.values(flags);
  return words.some(([raised]) => raised) || !words.some(([, changed]) => changed > ended[1]);
}

/** When the present address of this kind was first known, ms; undefined where there is none. */
export function addressSince(known: Profile, kind: 'email' | 'phone'): number | undefined {
  const addresses = known.addresses[kind] ?? [];
  const [present, ...others] = [...addresses].sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
  if (!present) return undefined;
  return others.every(([, , last]) => last < present[1]) ? present[1] : present[2];
}

function withFields(
  known: Profile,
  data: Extract<ProfileEvent, { type: 'profile.updated.v1' }>['data'],
  at: number,
  tie: string,
): Profile {
  const fields: Record<string, Latest<string | null>> = { ...known.fields };
  for (const name of kept) {
    const value = data[name];
    if (value !== undefined) fields[name] = latest(fields[name], value, at, tie);
  }
  const addresses = { ...known.addresses };
  for (const kind of ['email', 'phone'] as const) {
    const value = data[kind];
    if (typeof value === 'string') addresses[kind] = withAddress(addresses[kind] ?? [], hash64(value), at);
  }
  const { contacts } = data;
  return {
    ...known,
    fields,
    addresses,
    ...(contacts !== undefined && { contacts: latest(known.contacts, contacts, at, tie) }),
  };
}

const mostAddresses = 4;

function withAddress(known: readonly Address[], hash: string, at: number): readonly Address[] {
  const before = known.find(([it]) => it === hash);
  const after: Address = [hash, earlier(before?.[1], at), later(before?.[2], at)];
  return [...known.filter((it) => it !== before), after]
    .sort((a, b) => a[2] - b[2] || (a[0] < b[0] ? -1 : 1))
    .slice(-mostAddresses);
}

function withConsent(
  known: Profile['consents'],
  channel: string,
  purposes: readonly string[],
  granted: boolean,
  at: number,
  tie: string,
): Profile['consents'] {
  const next: Record<string, Latest<boolean>> = { ...known };
  for (const purpose of purposes) {
    const key = `${channel}:${purpose}`;
    next[key] = latest(next[key], granted, at, tie);
  }
  return next;
}
