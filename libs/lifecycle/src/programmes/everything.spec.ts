import { inControlGroup } from '../arbiter/control.js';
import { retailPolicy } from '../arbiter/arbiter.given.js';
import { lines, offering, Story } from './story.given.js';

/** Somebody whom no control group holds out. */
const cleo = Array.from({ length: 200 }, (_, n) => `cleo-${n}`).find((id) =>
  ['follow-up', 'win-back', 'surveys', 'first-visit'].every(
    (programme) => !inControlGroup(id, 'retail@1', { programme, purpose: 'marketing' }, retailPolicy.control),
  ),
)!;
const shop = offering('recovery', 'follow-up', 'first-visit', 'surveys', 'win-back');
const story = () => new Story(cleo, shop).optsIn('2026-01-01T15:00:00Z');

describe('programmes side by side', () => {
  test('a first visit is thanked for and asked back, and the survey waits for its own week', () => {
    const told = story().buys('o1', '2026-01-05T15:00:00Z').live('2026-01-31T00:00:00Z');
    expect(lines(told.requested)).toEqual([
      '2026-01-05 10:00 follow-up.thanks first',
      '2026-01-07 10:00 first-visit.offer',
      '2026-01-10 10:00 follow-up.reassurance',
      '2026-01-12 10:00 follow-up.satisfaction',
    ]);
  });

  test('a discount that the customer takes up is not reminded of', () => {
    const begun = () => story().buys('o1', '2026-01-05T15:00:00Z');
    const offer = begun()
      .live('2026-01-31T00:00:00Z')
      .requested.find(({ kind }) => kind === 'offer')!;
    const delivered = () =>
      begun().happens('message.delivered.v1', '2026-01-07T15:01:00Z', {
        actionId: offer.actionId,
        channel: 'email',
      });
    const reminders = (of: Story) =>
      lines(of.live('2026-03-01T00:00:00Z').requested).filter((line) =>
        line.includes('first-visit.reminder'),
      );
    expect(reminders(delivered())).toEqual(['2026-02-01 10:00 first-visit.reminder']);
    const used = { couponId: offer.actionId, orderId: 'o2' };
    expect(reminders(delivered().happens('coupon.redeemed.v1', '2026-01-20T15:00:00Z', used))).toEqual([]);
  });

  test('a case runs up the ladder, is put right, and is asked after', () => {
    const of = (what: string, when: string) =>
      [`case.${what}.v1`, when, { caseId: 'k1', cause: 'late' }] as const;
    const told = story()
      .buys('o1', '2026-01-05T15:00:00Z', 30)
      .happens(...of('opened', '2026-01-06T15:00:00Z'))
      .happens(...of('escalated', '2026-01-08T16:00:00Z'))
      .happens(...of('resolved', '2026-01-09T15:00:00Z'))
      .live('2026-01-31T00:00:00Z');
    expect(lines(told.requested)).toEqual([
      '2026-01-05 10:00 follow-up.thanks first',
      '2026-01-06 10:00 recovery.acknowledgement',
      '2026-01-06 10:00 recovery.task',
      '2026-01-07 10:00 recovery.task',
      '2026-01-08 11:00 recovery.acknowledgement',
      '2026-01-08 11:00 recovery.task',
      '2026-01-09 10:00 recovery.goodwill',
      '2026-01-09 10:00 first-visit.offer',
      '2026-01-10 10:00 follow-up.reassurance',
      '2026-01-10 10:00 surveys.case',
      '2026-01-12 10:00 recovery.check',
    ]);
    expect(told.suppressed.map(({ action, reason }) => `${action.template} ${reason}`)).toEqual([
      'follow-up.satisfaction frequencyCap',
    ]);
  });

  test('a backfill of it all asks for nothing that a customer would notice', () => {
    const told = story()
      .buys('o1', '2026-01-05T15:00:00Z')
      .happens('case.opened.v1', '2026-01-06T15:00:00Z', { caseId: 'k1' })
      .backfilled('2027-06-01T15:00:00Z', '2027-06-02T15:00:00Z');
    expect(told.requested).toEqual([]);
    expect(told.suppressed.length).toBeGreaterThan(5);
  });
});
