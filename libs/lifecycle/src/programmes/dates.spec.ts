import { dates } from './dates.js';
import { day, Trial } from './programmes.given.js';

const time = (iso: string) => Date.parse(iso);
const iso = (at: number | null | undefined) => (at == null ? at : new Date(at).toISOString());
/** A customer in Vienna, where it is an hour later than in London, who bought first on the 1st of June of 2024. */
const known = (changed: Record<string, unknown> = {}) => ({
  birthday: '1984-03-20',
  firstPurchaseAt: time('2024-06-01T12:00:00Z'),
  keptOrders: 3,
  openCases: 0,
  spend: { EUR: 60 },
  lastOrderCurrency: 'EUR',
  endedBySupplier: false,
  flags: [],
  ...changed,
});
const january = time('2026-01-10T12:00:00Z');
const told = (data: object, facts: Record<string, unknown>, when = january, trial = new Trial(dates)) =>
  trial.event('profile.updated.v1', when, data, { facts });
const dueBirthday = (birthday: string, when = '2026-01-10T12:00:00Z', facts = {}) =>
  iso(told({ birthday }, known({ birthday, ...facts }), time(when)).timers?.['birthday']);

describe('the day', () => {
  test('is the next birthday, at nine in the morning where the customer lives', () => {
    expect(dueBirthday('1984-03-20')).toBe('2026-03-20T08:00:00.000Z');
    expect(dueBirthday('--03-20')).toBe('2026-03-20T08:00:00.000Z');
    expect(dueBirthday('--01-05')).toBe('2027-01-05T08:00:00.000Z');
    expect(dueBirthday('--07-20')).toBe('2026-07-20T07:00:00.000Z');
    expect(dueBirthday('--03-20', undefined, { timeZone: 'Pacific/Auckland' })).toBe(
      '2026-03-19T20:00:00.000Z',
    );
    expect(dueBirthday('--03-20', undefined, { timeZone: 'Mars/Olympus' })).toBe('2026-03-20T08:00:00.000Z');
  });
  test('of a birthday on the 29th of February is the 28th in common years', () => {
    expect(dueBirthday('1984-02-29', '2026-01-10T12:00:00Z')).toBe('2026-02-28T08:00:00.000Z');
    expect(dueBirthday('--02-29', '2028-01-10T12:00:00Z')).toBe('2028-02-29T08:00:00.000Z');
    expect(dueBirthday('--02-29', '2100-01-10T12:00:00Z')).toBe('2100-02-28T08:00:00.000Z');
  });
  test('of the anniversary is that of the first purchase, from the next year on', () => {
    const bought = (firstPurchaseAt: string, when: string, facts = {}) => {
      const scene = { facts: known({ firstPurchaseAt: time(firstPurchaseAt), ...facts }) };
      const { timers } = new Trial(dates).event('order.completed.v1', time(when), {}, scene);
      return iso(timers?.['anniversary']);
    };
    expect(bought('2026-01-10T12:00:00Z', '2026-01-10T12:00:00Z')).toBe('2027-01-10T08:00:00.000Z');
    expect(bought('2024-02-29T12:00:00Z', '2026-01-10T12:00:00Z')).toBe('2026-02-28T08:00:00.000Z');
    expect(bought('2025-06-01T23:30:00Z', '2026-01-10T12:00:00Z')).toBe('2026-06-02T07:00:00.000Z');
    const inLondon = { timeZone: 'America/New_York' };
    expect(bought('2025-06-02T01:30:00Z', '2026-01-10T12:00:00Z', inLondon)).toBe('2026-06-01T13:00:00.000Z');
  });
  test('moves with the birthday, the zone, the first purchase, and an activated definition', () => {
    const ann = new Trial(dates);
    expect(iso(told({ birthday: '--03-20' }, known(), january, ann).timers?.['birthday'])).toBe(
      '2026-03-20T08:00:00.000Z',
    );
    const moved = known({ timeZone: 'America/New_York' });
    expect(iso(told({ timeZone: 'America/New_York' }, moved, january, ann).timers?.['birthday'])).toBe(
      '2026-03-20T13:00:00.000Z',
    );
    const earlier = { facts: known({ firstPurchaseAt: time('2024-04-01T12:00:00Z') }) };
    expect(
      iso(ann.event('order.completed.v1', january, {}, { ...earlier, late: true }).timers?.['anniversary']),
    ).toBe('2026-04-01T07:00:00.000Z');
    const activated = new Trial(dates).event('definition.activated.v1', january, {}, { facts: known() });
    expect(Object.values(activated.timers ?? {}).map(iso)).toEqual([
      '2026-03-20T08:00:00.000Z',
      '2026-06-01T07:00:00.000Z',
    ]);
  });
  test('is let go of when the birthday is forgotten, and when nothing is kept of the first purchase', () => {
    expect(told({ birthday: null }, known({ birthday: undefined })).timers).toMatchObject({ birthday: null });
    const ann = new Trial(dates);
    told({ birthday: '--03-20' }, known(), january, ann);
    const back = ann.event(
      'order.returned.v1',
      january,
      {},
      { facts: known({ firstPurchaseAt: undefined }) },
    );
    expect(back.timers).toMatchObject({ anniversary: null });
  });
  test('is not looked for at anything else', () => {
    const ann = new Trial(dates);
    told({ birthday: '--03-20' }, known(), january, ann);
    const quiet = { proposals: [] };
    expect(ann.event('order.completed.v1', january + day, {}, { facts: known() })).toEqual(quiet);
    expect(told({ locale: 'de-AT' }, known(), january + day, ann)).toEqual(quiet);
    expect(ann.timer('dates.other', january + day, { facts: known() })).toEqual(quiet);
  });
});

describe('a greeting', () => {
  const birthday = time('2026-03-20T08:00:00Z');
  const greet = (facts = {}, scene = {}, settings = {}, name = 'birthday', when = birthday) =>
    new Trial(dates, settings).timer(`dates.${name}`, when, { facts: known(facts), ...scene });

  test('is a card on the birthday, and keeps the day to itself', () => {
    const { proposals, timers } = greet();
    expect(proposals).toMatchObject([
      {
        kind: 'message',
        purpose: 'marketing',
        template: 'dates.birthday.card',
        variables: { occasion: 'birthday' },
        expiresAt: birthday + 3 * day,
      },
    ]);
    expect(iso(timers?.['birthday'])).toBe('2027-03-20T08:00:00.000Z');
    const { variables, evidence } = proposals[0]!;
    expect(JSON.stringify([variables, evidence.facts])).not.toMatch(/1984|03-20|birthday":"/);
  });
  test('names the years on the anniversary', () => {
    const { proposals } = greet({}, {}, {}, 'anniversary', time('2026-06-01T07:00:00Z'));
    expect(proposals).toMatchObject([
      { template: 'dates.anniversary.card', variables: { occasion: 'anniversary', years: 2 } },
    ]);
  });
  test('is a gift by what was spent, by the stage, or by the tier', () => {
    const kind = (...of: Parameters<typeof greet>) => greet(...of).proposals.map(({ template }) => template);
    expect(kind({ spend: { EUR: 999.99, USD: 5_000 } })).toEqual(['dates.birthday.card']);
    expect(kind({ spend: { EUR: 1_000 } })).toEqual(['dates.birthday.gift']);
    expect(kind({}, { stage: 'commitment' })).toEqual(['dates.birthday.gift']);
    expect(kind({ tier: 'gold' })).toEqual(['dates.birthday.gift']);
    expect(kind({ tier: 'silver' })).toEqual(['dates.birthday.card']);
    expect(kind({ spend: { EUR: 100 } }, {}, { giftSpend: 100 })).toEqual(['dates.birthday.gift']);
    expect(kind({}, { stage: 'commitment' }, { giftStages: [] })).toEqual(['dates.birthday.card']);
  });
  test('rests on there being no case, and on the birthday as it was', () => {
    expect(greet().proposals[0]!.restsOn).toEqual({
      openCases: 0,
      endedBySupplier: false,
      birthday: '1984-03-20',
    });
  });
  test.each([
    ['who has left', {}, { stage: 'dissolution' }],
    ['with an open case', { openCases: 1 }, {}],
    ['under a flag', { flags: ['credit'] }, {}],
    ['who has bought nothing', { keptOrders: 0, spend: undefined }, {}],
  ])('does not go to a customer %s; the next year is looked to', (_, facts, scene) => {
    const { proposals, timers } = greet(facts, scene);
    expect(proposals).toEqual([]);
    expect(iso(timers?.['birthday'])).toBe('2027-03-20T08:00:00.000Z');
  });
  test('does not go out when the timer rings on another day, as after a change told late', () => {
    const { proposals, timers } = greet({}, {}, {}, 'birthday', birthday + 2 * day);
    expect(proposals).toEqual([]);
    expect(iso(timers?.['birthday'])).toBe('2027-03-20T08:00:00.000Z');
  });
  test('does not go twice when the timer rings twice, the birthday moves, or the customer does', () => {
    const ann = new Trial(dates);
    const once = { facts: known() };
    expect(ann.timer('dates.birthday', birthday, once).proposals).toHaveLength(1);
    expect(ann.timer('dates.birthday', birthday, once).proposals).toEqual([]);
    expect(ann.timer('dates.birthday', birthday + 1, once).proposals).toEqual([]);
    const moves = (data: object, facts: object) =>
      iso(told(data, known({ ...facts }), birthday + day, ann).timers?.['birthday']);
    expect(moves({ birthday: '--12-24' }, { birthday: '--12-24' })).toBe('2027-12-24T08:00:00.000Z');
    expect(moves({ birthday: '--01-02' }, { birthday: '--01-02' })).toBe('2027-01-02T08:00:00.000Z');
    expect(moves({ timeZone: 'Pacific/Honolulu' }, { timeZone: 'Pacific/Honolulu' })).toBe(
      '2027-03-20T19:00:00.000Z',
    );
  });
  test('does not come twice within half a year, not even where two calendar years meet', () => {
    const ann = new Trial(dates);
    const december = time('2026-12-20T08:00:00Z');
    ann.timer('dates.birthday', december, { facts: known({ birthday: '--12-20' }) });
    const moved = told({ birthday: '--01-10' }, known({ birthday: '--01-10' }), december + day, ann);
    expect(iso(moved.timers?.['birthday'])).toBe('2028-01-10T08:00:00.000Z');
  });
  test('is not missed by who moves east on the day, and had the morning still to come', () => {
    const ann = new Trial(dates);
    const inHawaii = known({ timeZone: 'Pacific/Honolulu' });
    const noon = time('2026-03-20T12:00:00Z');
    expect(iso(told({ timeZone: 'x' }, inHawaii, noon, ann).timers?.['birthday'])).toBe(
      '2026-03-20T19:00:00.000Z',
    );
    const inAuckland = known({ timeZone: 'Pacific/Auckland' });
    const landed = told({ timeZone: 'y' }, inAuckland, noon + 3_600_000, ann).timers?.['birthday'];
    expect(landed).toBe(noon + 3_600_000);
    expect(ann.timer('dates.birthday', landed!, { facts: inAuckland }).proposals).toHaveLength(1);
  });
});
