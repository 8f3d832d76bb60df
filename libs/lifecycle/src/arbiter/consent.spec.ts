import { channelConsent } from './consent.js';

const facts = (consents: Record<string, string>, closed: Record<string, string> = {}) => ({
  consents,
  closed,
});
const nothingKnown = { consents: undefined, closed: undefined };
const granted = { 'email:marketing': 'granted', 'email:survey': 'granted', 'email:service': 'granted' };
const withdrawn = {
  'email:marketing': 'withdrawn',
  'email:survey': 'withdrawn',
  'email:service': 'withdrawn',
};

describe('consent', () => {
  test.each([
    ['transactional', 'allowed', 'allowed', 'allowed'],
    ['service', 'allowed', 'allowed', 'noConsent'],
    ['marketing', 'noConsent', 'allowed', 'noConsent'],
    ['survey', 'noConsent', 'allowed', 'noConsent'],
    ['internal', 'noConsent', 'noConsent', 'noConsent'],
  ] as const)('for %s: unknown %s, granted %s, withdrawn %s', (purpose, unknown, given, objected) => {
    expect(channelConsent(purpose, 'email', facts({}))).toBe(unknown);
    expect(channelConsent(purpose, 'email', nothingKnown)).toBe(unknown);
    expect(channelConsent(purpose, 'email', facts(granted))).toBe(given);
    expect(channelConsent(purpose, 'email', facts(withdrawn))).toBe(objected);
  });

  test('for one channel or purpose says nothing of another', () => {
    const emailOnly = facts({ 'email:marketing': 'granted' });
    expect(channelConsent('marketing', 'sms', emailOnly)).toBe('noConsent');
    expect(channelConsent('survey', 'email', emailOnly)).toBe('noConsent');
  });

  test.each(['service', 'marketing', 'survey'] as const)(
    '%s ends with a complaint and a bounce',
    (purpose) => {
      for (const reason of ['complained', 'bounced'])
        expect(channelConsent(purpose, 'email', facts(granted, { email: reason }))).toBe('channelClosed');
      expect(channelConsent(purpose, 'email', facts(granted, { sms: 'bounced' }))).toBe('allowed');
    },
  );

  test('transactional messages survive a complaint, and end where the address does', () => {
    expect(channelConsent('transactional', 'email', facts({}, { email: 'complained' }))).toBe('allowed');
    expect(channelConsent('transactional', 'email', facts({}, { email: 'bounced' }))).toBe('channelClosed');
  });
});
