import { buys, buysEvery, event, lives, on, retail } from './customer.given.js';
import type { Customer } from './state.js';

const shopper = lives(buysEvery(8, 0, 80)).customer;
const announcement = (days: number, announcementId = 'spring') => ({
  ...event('announcement.published.v1', days, {
    announcementId,
    kind: 'sale',
    template: 'announcements.spring',
    validUntil: new Date(on(days + 14)).toISOString(),
  }),
  id: `announcement/${announcementId}`,
});
const tell = (customer: Customer, days: number, id?: string) => {
  const done = retail.advance(customer, announcement(days, id), on(days));
  return { ...done, customer: done.customer as Customer };
};

describe('an announcement', () => {
  it('is no act of the customer: no fact changes and the machine does not move', () => {
    const { customer, transitions } = tell(shopper, 85);
    expect(customer.facts).toBe(shopper.facts);
    expect([customer.stage, customer.health, transitions]).toEqual([shopper.stage, shopper.health, []]);
  });

  it('is heard once, however often it comes', () => {
    const first = tell(shopper, 85);
    const again = tell(first.customer, 86);
    expect([again.duplicate, again.customer]).toEqual([true, first.customer]);
    expect(tell(first.customer, 86, 'summer').duplicate).toBe(false);
  });

  it('lets timers that were due before it fire first', () => {
    const overdue = shopper.timers.find(({ name }) => name === 'overdue')!;
    const days = (overdue.due - on(0)) / 86_400_000 + 1;
    expect(tell(shopper, days).transitions.map(({ to }) => to)).toEqual(['atRisk']);
  });

  it('makes no customer of someone unknown, and reaches none who was erased', () => {
    const unknown = retail.begin('c-1') as Customer;
    expect(tell(unknown, 85).customer).toBe(unknown);
    const erased = lives([buys(0), event('customer.erased.v1', 1, {})]).customer;
    expect(tell(erased, 85)).toMatchObject({ actions: [], customer: { erased: 1 } });
  });
});
