import { inControlGroup } from '../arbiter/control.js';
import { retailPolicy } from '../arbiter/arbiter.given.js';
import { day, lines, Story, time } from './story.given.js';

/** Somebody whom no control group holds out. */
const ann = Array.from({ length: 50 }, (_, n) => `ann-${n}`).find((id) =>
  ['follow-up', 'win-back'].every(
    (programme) => !inControlGroup(id, 'retail@1', { programme, purpose: 'marketing' }, retailPolicy.control),
  ),
)!;
const on = (date: string, days = 0, clock = 'T15:00:00Z') =>
  new Date(time(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10) + clock;

/** Buys every week from January to April, once a great deal; stays away until July, and again until December. */
function shopper(id = ann): Story {
  const story = new Story(id).optsIn('2026-01-01T15:00:00Z');
  for (let week = 0; week < 17; week++)
    story.buys(`o-${week}`, on('2026-01-05', 7 * week), week === 12 ? 90 : 20);
  return story
    .buys('o-july', '2026-07-07T15:00:00Z')
    .buys('o-july-2', '2026-07-14T15:00:00Z')
    .buys('o-july-3', '2026-07-21T15:00:00Z')
    .buys('o-december', '2026-12-02T02:30:00Z');
}

describe("a shopper's year", () => {
  const told = shopper().live('2027-01-10T00:00:00Z');
  const of = (template: string) => lines(told.requested).filter((line) => line.includes(template));

  test('has thanks for the first order, the large one and the return, and none for the ordinary ones', () => {
    expect(of('follow-up.thanks')).toEqual([
      '2026-01-05 10:00 follow-up.thanks first',
      '2026-03-30 11:00 follow-up.thanks large',
      '2026-12-02 09:00 follow-up.thanks return',
    ]);
  });
  test('has a satisfaction check a week after a purchase, each at least 90 days after the last', () => {
    expect(of('follow-up.satisfaction')).toEqual([
      '2026-01-12 10:00 follow-up.satisfaction',
      '2026-04-13 11:00 follow-up.satisfaction',
      '2026-07-14 11:00 follow-up.satisfaction',
      '2026-12-09 09:00 follow-up.satisfaction',
    ]);
  });
  test('has one invitation back in each silence that is long for this customer, and one a month after the end', () => {
    const [summer, autumn, lost, ...more] = of('win-back.overdue');
    expect(summer! > '2026-05-18' && summer! < '2026-07-07').toBe(true);
    expect(autumn! > '2026-08-11' && autumn! < '2026-12-01').toBe(true);
    expect(lost).toBe('2026-11-21 09:00 win-back.overdue');
    expect(more).toEqual([]);
  });
  test('has no message at night, nothing suppressed and nothing left to judge', () => {
    expect(
      lines(told.requested).every((line) => line.slice(11, 16) >= '09:00' && line.slice(11, 16) < '20:00'),
    ).toBe(true);
    expect(told.suppressed).toEqual([]);
    expect(told.customer.timers.map(({ name }) => name)).not.toContain('arbiter');
  });
});

test('a backfill of the same year mails nobody: all that was asked for is suppressed as expired', () => {
  const live = shopper().live('2027-01-10T00:00:00Z');
  const { requested, suppressed } = shopper().backfilled('2028-06-01T15:00:00Z', '2028-06-02T15:00:00Z');
  expect(requested).toEqual([]);
  expect(new Set(suppressed.map(({ reason }) => reason))).toEqual(new Set(['expired']));
  const liveIds = [...live.requested, ...live.suppressed.map(({ action }) => action)].map(
    ({ actionId }) => actionId,
  );
  expect(suppressed.map(({ action }) => action.actionId).sort()).toEqual(expect.arrayContaining(liveIds));
});
