import type { DataOf } from '#contracts';
import { announcements } from './announcements.js';
import { at, day, Trial } from './programmes.given.js';

const monday = at('2026-03-02');
const published = 'announcement.published.v1';
const sale: DataOf<typeof published> = {
  announcementId: 'spring',
  title: 'Spring sale',
  kind: 'sale',
  template: 'announcements.sale',
  validUntil: new Date(monday + 10 * day).toISOString(),
  variables: { percent: 20 },
};
const facts = {
  categories: ['bakery', 'wine'],
  tier: 'silver',
  relationshipType: 'long-term',
  endedBySupplier: false,
};
const told = (
  data: Partial<typeof sale> = {},
  scene: object = {},
  customer = new Trial(announcements),
  when = monday,
) => customer.event(published, when, { ...sale, ...data }, { facts, stage: 'expansion', ...scene });

describe('an announcement', () => {
  test('goes to a customer as marketing, until it no longer holds', () => {
    expect(told().proposals).toEqual([
      {
        slot: 'spring',
        programme: 'announcements',
        kind: 'message',
        purpose: 'marketing',
        channels: ['email', 'push'],
        audience: 'customer',
        template: 'announcements.sale',
        variables: {
          percent: 20,
          announcementId: 'spring',
          kind: 'sale',
          categories: [],
          title: 'Spring sale',
        },
        priority: 20,
        notBefore: monday,
        expiresAt: monday + 10 * day,
        evidence: {
          rule: 'announcements.sale',
          facts: { announcementId: 'spring', categories: [] },
          causes: [`/shop#e-${monday}`],
        },
        restsOn: { endedBySupplier: false },
      },
    ]);
  });
  test('waits for the day from which it holds', () => {
    const [proposal] = told({ validFrom: new Date(monday + 3 * day).toISOString() }).proposals;
    expect(proposal!.notBefore).toBe(monday + 3 * day);
  });
  test('names the categories that the customer bought in', () => {
    const [proposal] = told({ categories: ['wine', 'cheese'] }).proposals;
    expect(proposal!.variables).toMatchObject({ categories: ['wine'] });
  });
  test('rests on what made the customer one of its segment', () => {
    const [proposal] = told({
      segment: { stages: ['expansion', 'commitment'], tiers: ['silver'] },
    }).proposals;
    expect(proposal!.restsOn).toEqual({ stage: 'expansion', tier: 'silver', endedBySupplier: false });
  });
  test.each([
    ['bought in none of its categories', { categories: ['cheese'] }],
    ['is in another stage', { segment: { stages: ['commitment' as const] } }],
    ['is of another health', { segment: { healths: ['atRisk' as const] } }],
    ['is of another tier', { segment: { tiers: ['gold'] } }],
    ['has another relationship', { segment: { relationshipTypes: ['community' as const] } }],
    ['fits one part of the segment only', { segment: { stages: ['expansion' as const], tiers: ['gold'] } }],
  ])('stays quiet to one who %s', (_, data) => {
    expect(told(data)).toEqual({ proposals: [] });
  });
  test('stays quiet to one of whom nothing is known, where it asks for something', () => {
    expect(told({ categories: ['wine'] }, { facts: {} })).toEqual({ proposals: [] });
    expect(told({ segment: { tiers: ['silver'] } }, { facts: {} })).toEqual({ proposals: [] });
  });
  test('stays quiet when it no longer holds', () => {
    expect(told({}, {}, new Trial(announcements), monday + 10 * day)).toEqual({ proposals: [] });
  });
});

describe('one at a time', () => {
  test('a newer one takes the place of what is still waiting', () => {
    const customer = new Trial(announcements);
    told({}, {}, customer);
    const { actionId } = customer.memory!;
    const next = told({ announcementId: 'summer' }, {}, customer, monday + day);
    expect(next.withdraws).toEqual([actionId]);
    expect(next.proposals).toHaveLength(1);
  });
  test('one that is not for this customer leaves the other waiting', () => {
    const customer = new Trial(announcements);
    told({}, {}, customer);
    expect(told({ announcementId: 'summer', categories: ['cheese'] }, {}, customer, monday + day)).toEqual({
      proposals: [],
    });
  });
  test('one published before it, and arriving after it, says nothing', () => {
    const customer = new Trial(announcements);
    told({}, {}, customer, monday + day);
    expect(told({ announcementId: 'older' }, { late: true }, customer, monday)).toEqual({ proposals: [] });
  });
  test('one whose time is over needs no withdrawing', () => {
    const customer = new Trial(announcements);
    told({}, {}, customer);
    const validUntil = new Date(monday + 40 * day).toISOString();
    expect(
      told({ announcementId: 'summer', validUntil }, {}, customer, monday + 20 * day),
    ).not.toHaveProperty('withdraws');
  });
});
