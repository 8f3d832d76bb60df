import { Value } from 'typebox/value';
import { compileAddressing } from './addressing.js';
import type { Proposal } from './programme.js';
import { relationshipSettings } from './programmes/relationship-settings.js';

const settings = (chosen: object = {}): unknown => Value.Default(relationshipSettings, chosen);
const entry = (chosen?: object) => [{ programme: { name: 'relationship' }, settings: settings(chosen) }];
const addressed = compileAddressing(entry())!;

const letter: Proposal = {
  slot: 'a',
  programme: 'follow-up',
  kind: 'message',
  purpose: 'service',
  channels: ['email', 'push'],
  audience: 'customer',
  template: 'follow-up.thanks',
  variables: {},
  priority: 1,
  notBefore: 0,
  expiresAt: 1,
  evidence: { rule: 'thanks.first', facts: { keptOrders: 1 }, causes: ['c'] },
};
const call: Proposal = {
  ...letter,
  kind: 'task',
  purpose: 'internal',
  audience: 'sales',
  channels: ['phone'],
};

type Facts = Readonly<Record<string, unknown>>;
const to = (relationshipType: string | undefined, proposal: Proposal, more: Facts = {}) => {
  const facts: Facts = { relationshipType, ...more };
  return addressed(proposal, (name) => facts[name]);
};

describe('a customer of a type of relationship', () => {
  test('of self-service is written to in the app or by mail and not called', () => {
    expect(to('self-service', call).channels).toEqual(['in-app', 'email']);
    expect(to('self-service', { ...letter, channels: ['phone', 'push', 'email'] }).channels).toEqual([
      'email',
      'push',
    ]);
  });
  test('that is automated is neither called nor visited nor sent letters', () => {
    expect(
      to('automated', { ...letter, channels: ['phone', 'in-person', 'post', 'social'] }).channels,
    ).toEqual(['email', 'in-app', 'push']);
  });
  test('of dedicated assistance is called by the own manager', () => {
    expect(to('dedicated-assistance', letter, { accountManager: 'desk-3' })).toEqual({
      ...letter,
      kind: 'task',
      purpose: 'internal',
      audience: 'account-manager',
      channels: ['phone'],
      evidence: { ...letter.evidence, facts: { keptOrders: 1, relationshipType: 'dedicated-assistance' } },
    });
  });
  test('of personal assistance is called about a case, and written to otherwise', () => {
    expect(to('personal-assistance', { ...letter, programme: 'recovery' })).toMatchObject({
      kind: 'task',
      audience: 'support-lead',
    });
    expect(to('personal-assistance', letter)).toBe(letter);
  });
  test('of a community is spoken with where the community is', () => {
    expect(to('community', { ...letter, channels: ['email', 'in-app'] }).channels).toEqual([
      'in-app',
      'email',
    ]);
  });
  test('shows it in the evidence of what is turned', () => {
    expect(to('self-service', call).evidence.facts).toEqual({
      keptOrders: 1,
      relationshipType: 'self-service',
    });
  });
});

describe('a proposal stays as it is', () => {
  test('where no type is set, or one that the definition does not know', () => {
    expect(to(undefined, letter)).toBe(letter);
    expect(to('of another kind', letter)).toBe(letter);
    expect(to('constructor', letter)).toBe(letter);
  });
  test('where the type asks for nothing else', () => {
    for (const type of ['long-term', 'transactional', 'community', 'co-creation'])
      expect(to(type, letter)).toBe(letter);
  });
  test('where nobody is there to call, or the customer forbade it', () => {
    expect(to('dedicated-assistance', letter)).toBe(letter);
    for (const no of [
      { consents: { 'phone:service': 'withdrawn' } },
      { closedChannels: { phone: 'complained' } },
    ])
      expect(to('dedicated-assistance', letter, { accountManager: 'desk-3', ...no })).toBe(letter);
  });
  test('where a call would go round an opt-in, or is not what was meant', () => {
    for (const other of [
      { purpose: 'marketing' },
      { purpose: 'survey', kind: 'survey' },
      { purpose: 'transactional' },
      { kind: 'perk' },
    ] as const) {
      const proposal = { ...letter, ...other };
      expect(to('dedicated-assistance', proposal, { accountManager: 'desk-3' })).toBe(proposal);
    }
  });
  test('where its only channels are forbidden, and none is preferred', () => {
    expect(to('transactional', call)).toBe(call);
  });
});

test('the table is the definition’s', () => {
  const own = compileAddressing(entry({ ways: { transactional: { never: [], prefer: ['push'] } } }))!;
  expect(own(letter, (name) => (name === 'relationshipType' ? 'transactional' : undefined)).channels).toEqual(
    ['push', 'email'],
  );
  expect(compileAddressing([{ programme: { name: 'thanks' }, settings: {} }])).toBeUndefined();
});
