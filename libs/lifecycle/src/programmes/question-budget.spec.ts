import { day, lines, offeringAll, Story, time, type Told } from './story.given.js';

const asking = offeringAll(['recovery', 'follow-up', 'surveys']);
const on = (days: number) => new Date(time('2026-01-05T15:00:00Z') + days * day).toISOString();
const questions = (told: Told) => told.requested.filter(({ kind }) => kind === 'survey');

/** Buys every week for a year. */
function shopper(): Story {
  const story = new Story('bea', asking).optsIn(on(-1));
  for (let week = 0; week < 52; week++) story.buys(`o-${week}`, on(7 * week));
  return story;
}

describe('one question budget for all programmes', () => {
  test('lets a purchase, a case, a return and the rhythm ask one question in 90 days', () => {
    const story = shopper()
      .happens('case.opened.v1', on(20), { caseId: 'k1' })
      .happens('case.resolved.v1', on(21), { caseId: 'k1' })
      .happens('order.returned.v1', on(30), { orderId: 'o-4' });
    const told = story.live(on(364));
    const times = questions(told).map(({ at }) => at);
    expect(times.length).toBeGreaterThan(2);
    for (const [n, at] of times.slice(1).entries()) expect(at - times[n]!).toBeGreaterThanOrEqual(90 * day);
    const asked = new Set(
      [...told.requested, ...told.suppressed.map(({ action }) => action)].map((it) => it.template),
    );
    for (const template of ['follow-up.satisfaction', 'surveys.nps', 'surveys.case', 'surveys.feedback'])
      expect(asked).toContain(template);
    expect(told.suppressed.map(({ action, reason }) => [action.template, reason])).toEqual(
      expect.arrayContaining([
        ['surveys.case', 'frequencyCap'],
        ['surveys.feedback', 'frequencyCap'],
      ]),
    );
  });

  test('leaves room for the recommendation, which waits for its turn behind the checks of every purchase', () => {
    expect(lines(questions(shopper().live(on(364))))).toEqual([
      '2026-01-12 10:00 follow-up.satisfaction',
      '2026-04-12 11:00 surveys.nps',
      '2026-07-13 11:00 follow-up.satisfaction',
      '2026-10-11 11:00 surveys.nps',
    ]);
  });

  test('counts a reminder and its question as one', () => {
    const nps = questions(shopper().live(on(364))).find(({ template }) => template === 'surveys.nps')!;
    const delivered = { actionId: nps.actionId, channel: 'email' };
    const told = shopper()
      .happens('message.delivered.v1', new Date(nps.at + 60_000).toISOString(), delivered)
      .live(on(364));
    expect(lines(questions(told)).slice(1, 3)).toEqual([
      '2026-04-12 11:00 surveys.nps',
      '2026-04-19 11:01 surveys.nps.reminder',
    ]);
    expect(questions(told)[2]!.reminderOf).toBe(nps.actionId);
  });
});
