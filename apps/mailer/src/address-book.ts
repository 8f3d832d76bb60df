import { createHash } from 'node:crypto';
import type { RecordMap } from '#pipeline';
import { Turns } from './turns.js';

/** Where and how a customer is written to. */
export interface Addressee {
  readonly email: string;
  readonly preferredName?: string;
  readonly locale?: string;
}

const fields = ['email', 'preferredName', 'locale'] as const;
type Field = (typeof fields)[number];

/** Each field with the event time (ms) of the update that it comes from: an older update does not undo a newer one. */
export type AddressEntry = Readonly<
  Partial<Record<Field, { readonly value: string; readonly at: number } | Forgotten>>
>;
interface Forgotten {
  readonly value: null;
  readonly at: number;
}

export type ProfileUpdate = Readonly<Partial<Record<Field, string | null | undefined>>>;

/** Who lives where, from `profile.updated.v1`. Actions carry neither names nor addresses. */
export class AddressBook {
  readonly #turns = new Turns();

  constructor(
    private readonly entries: RecordMap<AddressEntry>,
    /** Hashes of the customers who are to be forgotten for ever. */
    private readonly erased: RecordMap<true>,
  ) {}

  async find(customer: string): Promise<Addressee | undefined> {
    const entry = await this.entries.get(customer);
    if (!entry?.email?.value) return undefined;
    return {
      email: entry.email.value,
      ...(entry.preferredName?.value && { preferredName: entry.preferredName.value }),
      ...(entry.locale?.value && { locale: entry.locale.value }),
    };
  }

  update(customer: string, update: ProfileUpdate, at: number): Promise<void> {
    return this.#turns.take(customer, () => this.#update(customer, update, at));
  }

  async #update(customer: string, update: ProfileUpdate, at: number): Promise<void> {
    const known = (await this.entries.get(customer)) ?? {};
    const news = fields.filter(
      (field) => update[field] !== undefined && (known[field]?.at ?? -Infinity) <= at,
    );
    if (news.length === 0 || (await this.erased.get(hashOf(customer)))) return;
    await this.entries.put(customer, {
      ...known,
      ...Object.fromEntries(news.map((field) => [field, { value: update[field], at }])),
    });
  }

  /** Forgets the customer; later updates are ignored. */
  erase(customer: string): Promise<void> {
    return this.#turns.take(customer, async () => {
      await this.erased.put(hashOf(customer), true);
      await this.entries.delete(customer);
    });
  }
}

const hashOf = (customer: string): string => createHash('sha256').update(customer).digest('hex');
