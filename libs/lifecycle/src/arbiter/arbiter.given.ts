import type { InputEvent } from '#contracts';
import { Value } from 'typebox/value';
import type { Proposal, Verdict } from '../programme.js';
import { arbitrate, type Question } from './arbitrate.js';
import { newContacts, type Contacts } from './contacts.js';
import { contactPolicySchema, type ContactPolicy } from './policy.js';

export const hour = 3_600_000;
export const day = 24 * hour;
export const time = (iso: string): number => Date.parse(iso);

export const retailPolicy = Value.Default(contactPolicySchema, {}) as ContactPolicy;
/** The default policy without control groups, which would hide the rule under test. */
export const openPolicy: ContactPolicy = { ...retailPolicy, control: { each: 0, all: 0, exempt: [] } };

/** A Wednesday noon in the definition's zone. */
export const noon = time('2026-03-04T12:00:00Z');

export const optedIn = {
  consents: {
    'email:marketing': 'granted',
    'email:survey': 'granted',
    'sms:marketing': 'granted',
    'push:marketing': 'granted',
  },
} as const;

let numbered = 0;

/** A marketing message by email that may go at `noon` and for a week. Each is caused by an event of its own. */
export function proposal(changed: Partial<Proposal> = {}): Proposal {
  return {
    slot: 'one',
    programme: 'win-back',
    kind: 'message',
    purpose: 'marketing',
    channels: ['email'],
    audience: 'customer',
    template: 'win-back.overdue',
    variables: {},
    priority: 50,
    notBefore: noon,
    expiresAt: noon + 7 * day,
    evidence: { rule: 'overdue', facts: {}, causes: [`/shop#${++numbered}`] },
    ...changed,
  };
}

export function event(type: string, data: unknown, at = noon): InputEvent {
  return { id: `e${++numbered}`, source: '/mail', type, subject: 'ann', at, data };
}

export interface Step {
  readonly now?: number;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly event?: InputEvent;
}

/** The arbiter of one customer who lives in UTC, with the contacts that it keeps from step to step. */
export class Desk {
  contacts: Contacts = newContacts();

  constructor(private readonly fixed: Partial<Omit<Question, 'contacts' | 'proposals'>> = {}) {}

  decide(
    proposals: readonly Proposal[],
    { now = noon, facts = optedIn, event }: Step = {},
  ): Verdict<Contacts> {
    const verdict = arbitrate({
      customer: 'ann',
      definition: 'retail@1',
      zone: 'UTC',
      policy: openPolicy,
      now,
      causeId: '/test#cause',
      fact: (name) => facts[name],
      ...(event && { event }),
      ...this.fixed,
      proposals,
      contacts: this.contacts,
    });
    this.contacts = JSON.parse(JSON.stringify(verdict.contacts)) as Contacts;
    return verdict;
  }
}

/** What became of one proposal, in a word. */
export function outcome(verdict: Verdict<Contacts>): string {
  const [requested, suppressed] = [verdict.requested[0], verdict.suppressed[0]];
  if (requested) return `requested by ${requested.channel}`;
  if (suppressed) return suppressed.reason;
  return verdict.judgeAgainAt === null
    ? 'nothing'
    : `waits until ${new Date(verdict.judgeAgainAt).toISOString()}`;
}
