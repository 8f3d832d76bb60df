import fc from 'fast-check';
import type { InputEvent } from '#contracts';
import { zoneOffset } from '../arbiter/zone.js';
import { LiveCustomer } from '../live.js';
import type { Action } from '../types.js';
import { localDay } from './local-time.js';
import { day, hour, offeringAll, time } from './story.given.js';

const lifecycle = offeringAll(['dates']);
const start = time('2022-11-03T15:00:00Z');
const years = [2023, 2024, 2025, 2026, 2027, 2028];
const end = time('2028-12-31T23:59:59Z');

/** Summer time in the north, in the south, by half an hour, with negative winter time, never; and both ends of the world. */
const zones = [
  'Europe/Vienna', 'America/New_York', 'Australia/Sydney', 'America/Santiago', 'Australia/Lord_Howe', 'Europe/Dublin',
  'Africa/Casablanca', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Pacific/Chatham', 'Asia/Beirut',
]; // prettier-ignore
const zone = fc.constantFrom(...zones);
const yearDay = fc.oneof(
  fc.constantFrom('02-29', '02-28', '03-01', '12-31', '01-01', '03-29', '10-25', '09-06', '04-05', '11-01'),
  fc.integer({ min: 0, max: 365 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(5, 10)),
);
const moments = fc
  .integer({ min: 0, max: Math.floor((end - start) / hour) })
  .map((hours) => start + hours * hour);
const moves = fc.array(fc.record({ at: moments, timeZone: zone }), { maxLength: 12 });

interface Told {
  readonly at: number;
  /** Days by which it comes late. */
  readonly late?: number;
  readonly type: string;
  readonly data: object;
}
const arrival = ({ at, late = 0 }: Told) => at + late * day;

/** Somebody who buys every 25 days for six years, with what else happens, told in that order; the scheduler may sleep. */
function live(others: readonly Told[], awake: boolean): readonly Action[] {
  const customer = new LiveCustomer(lifecycle, 'ann');
  const told: Action[] = [];
  const note = ({ actions, suppressed }: ReturnType<LiveCustomer['take']>) =>
    told.push(...actions, ...suppressed.map(({ action }) => action));
  const consent = { channel: 'email', purpose: 'marketing', granted: true };
  const events: Told[] = [{ at: start - day, type: 'consent.changed.v1', data: consent }, ...others];
  for (let at = start, n = 0; at < end; at += 25 * day, n++)
    events.push({
      at,
      type: 'order.completed.v1',
      data: { orderId: `o-${n}`, total: 9, currency: 'USD', products: [] },
    });
  events.sort((a, b) => arrival(a) - arrival(b));
  events.forEach((event, n) => {
    const { at, type, data } = event;
    if (awake) customer.ring(arrival(event) - 1).forEach(note);
    const whole: InputEvent = { id: `e-${n}`, source: '/shop', subject: 'ann', at, type, data };
    note(customer.take(whole, arrival(event)));
    // Upstream tells it twice.
    note(customer.take(whole, arrival(event)));
  });
  // What the last evening is too late for goes out in the morning after.
  customer.ring(end + day).forEach(note);
  return told.filter(({ programme }) => programme === 'dates');
}

const profile = (at: number, data: object, late = 0): Told => ({
  at,
  late,
  type: 'profile.updated.v1',
  data,
});
const of = (told: readonly Action[], occasion: string) =>
  told.filter(({ variables }) => variables['occasion'] === occasion);
/** The year whose day lies nearest. */
const yearOf = ({ notBefore }: Action, monthDay: string): number => {
  const distance = (year: number) =>
    Math.abs(notBefore - Date.parse(`${year}-${monthDay.replace('02-29', '02-28')}T12:00:00Z`));
  return [2022, ...years, 2029].sort((a, b) => distance(a) - distance(b))[0]!;
};

test('each birthday and each anniversary is kept once a year, at nine of the very day, in every zone', () => {
  fc.assert(
    fc.property(zone, yearDay, fc.boolean(), (timeZone, birthday, awake) => {
      const told = live([profile(start - day, { birthday: `--${birthday}`, timeZone })], awake);
      for (const [occasion, monthDay] of [['birthday', birthday], ['anniversary', anniversaryIn(timeZone)]] as const) {
        const kept = of(told, occasion);
        const whole = kept.map((action) => yearOf(action, monthDay)).filter((year) => years.includes(year));
        expect(whole).toEqual(years);
        for (const { notBefore } of kept) {
          const { year, month, day: date } = localDay(notBefore, timeZone);
          const leap = year % 4 === 0;
          const shown = `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
          expect(shown).toBe(monthDay === '02-29' && !leap ? '02-28' : monthDay);
          expect((notBefore + zoneOffset(timeZone, notBefore)) % day).toBe(9 * hour);
        }
      } // prettier-ignore
    }),
    { numRuns: 40 },
  );
});

function anniversaryIn(timeZone: string): string {
  const { month, day: date } = localDay(start, timeZone);
  return `${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** Moves on and about the day itself, where zones make a difference. */
const journeys = fc.array(
  fc.record({ year: fc.constantFrom(...years), hours: fc.integer({ min: -30, max: 30 }), timeZone: zone }),
  { maxLength: 24 },
);

test('whoever moves about the world has each birthday once, even on the day itself', () => {
  fc.assert(
    fc.property(yearDay, journeys, moves, fc.boolean(), (birthday, journeys, moves, awake) => {
      const noon = (year: number) => Date.parse(`${year}-${birthday.replace('02-29', '02-28')}T12:00:00Z`);
      const told = live(
        [
          profile(start - 2 * day, { birthday: `--${birthday}` }),
          ...journeys.map(({ year, hours, timeZone }) => profile(noon(year) + hours * hour, { timeZone })),
          ...moves.map(({ at, timeZone }) => profile(at, { timeZone })),
        ],
        awake,
      );
      const kept = of(told, 'birthday').map((action) => yearOf(action, birthday));
      // The first and the last year may be cut by the span.
      expect(kept.filter((year) => year >= 2024 && year <= 2027)).toEqual([2024, 2025, 2026, 2027]);
      expect(new Set(kept).size).toBe(kept.length);
    }),
    { numRuns: 80 },
  );
});

test('whoever keeps changing the birthday, and tells things late, has none twice in half a year', () => {
  const changes = fc.array(
    fc.record({ at: moments, birthday: yearDay, lateDays: fc.constantFrom(0, 0, 3, 200) }),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(changes, moves, (changes, moves) => {
      const others = [
        ...changes.map(({ at, birthday, lateDays }) =>
          profile(at, { birthday: `1990-${birthday.replace('02-29', '02-28')}` }, lateDays),
        ),
        ...moves.map(({ at, timeZone }) => profile(at, { timeZone })),
      ];
      for (const occasion of ['birthday', 'anniversary']) {
        const kept = of(live(others, true), occasion).map(({ notBefore }) => notBefore);
        kept.forEach((at, n) => expect(at - (kept[n - 1] ?? -Infinity)).toBeGreaterThanOrEqual(183 * day));
      }
    }),
    { numRuns: 40 },
  );
});
