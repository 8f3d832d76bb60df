import {
  clicks,
  event,
  flags,
  on,
  rates,
  recommends,
  supplierEnds,
  supplierReopens,
  visits,
} from '../customer.given.js';
import { known } from './known.given.js';

describe('scores', () => {
  test('are the latest by their own time, whenever they come', () => {
    expect(known([recommends(5, 3), recommends(1, 9)])).toMatchObject({
      lastNps: 3,
      lastNpsAt: on(5),
      detractor: true,
      promoter: false,
      lastDissatisfiedAt: on(5),
      lastSatisfiedAt: on(1),
    });
  });

  test('of satisfaction have a mean', () => {
    expect(known([rates(0, 5), rates(1, 2)])).toMatchObject({
      csatMean: 3.5,
      csatCount: 2,
      lastCsat: 2,
      surveysAnswered: 2,
    });
  });

  test('nobody gave are unknown, and nobody is a detractor for it', () => {
    const facts = known([visits(0)]);
    expect(facts).toMatchObject({ detractor: false, promoter: false });
    expect(facts).not.toHaveProperty('lastNps');
  });
});

test('a visit is no act of substance, a click is', () => {
  expect(known([visits(0)])).not.toHaveProperty('lastEngagedAt');
  expect(known([visits(0), clicks(1)])).toMatchObject({
    lastEngagedAt: on(1),
    clicks: 1,
    visits: 1,
    lastVisitAt: on(0),
  });
});

describe('a channel', () => {
  const bounces = (days: number, bounce?: 'soft') =>
    event('message.bounced.v1', days, { channel: 'email', ...(bounce ? { bounce } : {}) });
  const complains = event('message.complained.v1', 3, { channel: 'email' });
  const writes = (days: number, email: string) => event('profile.updated.v1', days, { email });

  test('closes at a hard bounce, until the address changes', () => {
    expect(known([bounces(1, 'soft')]).closedChannels).toEqual({});
    expect(known([bounces(1)]).closedChannels).toEqual({ email: 'bounced' });
    const same = [writes(0, 'ann@mail.invalid'), bounces(1), writes(2, 'ann@mail.invalid')];
    expect(known(same).closedChannels).toEqual({ email: 'bounced' });
    expect(known([...same, writes(3, 'annie@mail.invalid')]).closedChannels).toEqual({});
  });

  test('closes at a complaint, until consent is given again', () => {
    const consents = (days: number) =>
      event('consent.changed.v1', days, { channel: 'email', purpose: 'marketing', granted: true });
    expect(known([consents(1), complains]).closedChannels).toEqual({ email: 'complained' });
    expect(known([complains, consents(4)]).closedChannels).toEqual({});
  });
});

describe('consent', () => {
  test('is the latest word for channel and purpose; unsubscribing from all withdraws each', () => {
    const consents = (days: number, granted: boolean) =>
      event('consent.changed.v1', days, { channel: 'email', purpose: 'marketing', granted });
    const leaves = event('message.unsubscribed.v1', 2, { channel: 'email' });
    expect(known([consents(1, true)]).consents).toEqual({ 'email:marketing': 'granted' });
    expect(known([consents(1, true), leaves]).consents).toEqual({
      'email:marketing': 'withdrawn',
      'email:service': 'withdrawn',
      'email:survey': 'withdrawn',
    });
    expect(known([leaves, consents(3, true)]).consents).toMatchObject({ 'email:marketing': 'granted' });
  });
});

describe('the profile', () => {
  test('keeps the latest word on each field, and forgets on request', () => {
    const ann = event('profile.updated.v1', 0, {
      preferredName: 'Ann',
      timeZone: 'Europe/Vienna',
      customerSince: '2019-05-01',
    });
    expect(known([ann])).toMatchObject({
      preferredName: 'Ann',
      timeZone: 'Europe/Vienna',
      customerSince: Date.parse('2019-05-01'),
    });
    const silent = known([ann, event('profile.updated.v1', 1, { preferredName: null })]);
    expect(silent).not.toHaveProperty('preferredName');
    expect(silent).toMatchObject({ timeZone: 'Europe/Vienna' });
  });

  test('tells flags that stand, and who ended the relationship', () => {
    expect(known([flags(0)])).toMatchObject({ flags: ['fraud'], endedBySupplier: false });
    expect(known([flags(0), flags(1, true)])).toMatchObject({ flags: [] });
    expect(known([supplierEnds(0)])).toMatchObject({ endedBySupplier: true, endedAt: on(0) });
    expect(known([supplierEnds(0), supplierReopens(1)])).toMatchObject({
      endedBySupplier: false,
      endedAt: on(0),
    });
    expect(known([flags(0), supplierEnds(1), flags(2, true)])).toMatchObject({ endedBySupplier: false });
    expect(known([flags(0, true), supplierEnds(1)])).toMatchObject({ endedBySupplier: true });
  });
});
