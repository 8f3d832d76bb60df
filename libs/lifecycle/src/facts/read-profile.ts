import type { FactName } from '#contracts';
import { isEnded, noProfile, type Profile } from './profile.js';
import type { Reader, Reading } from './read.js';

const profileOf = ({ facts }: Reading) => facts.profile ?? noProfile;
const field =
  (name: string): Reader =>
  (it) =>
    profileOf(it).fields[name]?.[0] ?? undefined;

export const profileReaders = {
  preferredName: field('preferredName'),
  birthday: field('birthday'),
  locale: field('locale'),
  timeZone: field('timeZone'),
  customerSince: (it) => {
    const given = profileOf(it).fields['customerSince']?.[0];
    return typeof given === 'string' ? Date.parse(given) : it.facts.firstAt;
  },
  consents: consentsOf,
  accountManager: field('accountManager'),
  relationshipType: field('relationshipType'),
  contactPersons: (it) => {
    const contacts = profileOf(it).contacts?.[0];
    if (!contacts) return undefined;
    return Object.fromEntries(contacts.map(({ name, ...how }) => [name, how]));
  },
  addressFingerprint: field('addressFingerprint'),
  paymentFingerprint: field('paymentFingerprint'),
  flags: (it) =>
    Object.entries(profileOf(it).flags)
      .filter(([, [raised]]) => raised)
      .map(([flag]) => flag)
      .sort(),
  endedBySupplier: (it) => isEnded(profileOf(it)),
  endedAt: (it) => profileOf(it).endedAt,
  subscription: (it) => profileOf(it).subscription?.[0],
  subscriptionRenewals: (it) => profileOf(it).renewals ?? 0,
  subscriptionChangedAt: (it) => profileOf(it).subscription?.[1],
} satisfies Partial<Record<FactName, Reader>>;

/** Asked for with every proposal, and seldom changed. */
const inWords = new WeakMap<Profile['consents'], Readonly<Record<string, 'granted' | 'withdrawn'>>>();

function consentsOf(it: Reading): Readonly<Record<string, 'granted' | 'withdrawn'>> {
  const { consents } = profileOf(it);
  const known = inWords.get(consents);
  if (known) return known;
  const words: Record<string, 'granted' | 'withdrawn'> = {};
  for (const key of Object.keys(consents).sort()) words[key] = consents[key]![0] ? 'granted' : 'withdrawn';
  inWords.set(consents, words);
  return words;
}
