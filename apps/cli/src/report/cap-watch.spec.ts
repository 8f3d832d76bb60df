import { CapWatch } from './cap-watch.js';
import { day, sent, start } from './report.given.js';
import type { ReportedAction } from './reported.js';

const caps = [
  { purpose: 'marketing', most: 1, days: 7 },
  { purpose: 'survey', most: 1, days: 90 },
  { channel: 'sms', most: 1, days: 14 },
] as const;

function found(actions: readonly ReportedAction[], undelivered: readonly string[] = []) {
  const watch = new CapWatch([...caps], new Set(undelivered));
  for (const action of actions) watch.take(action);
  return watch.rows().map(({ found, over }) => [found, over]);
}
const none = [0, []];

describe('the watch over the caps', () => {
  test('finds who got more than allowed in any stretch of so many days', () => {
    expect(found([sent(start), sent(start + 7 * day - 1)])[0]).toEqual([2, ['ann']]);
    expect(found([sent(start), sent(start + 7 * day)])[0]).toEqual([1, []]);
    expect(found([sent(start), sent(start, { customer: 'bea' })])[0]).toEqual([1, []]);
  });
  test('counts by purpose and by channel', () => {
    expect(found([sent(start), sent(start, { purpose: 'service' })])).toEqual([[1, []], none, none]);
    const sms = (at: number) => sent(at, { purpose: 'service', channel: 'sms' });
    expect(found([sms(start), sms(start + day)])).toEqual([none, none, [2, ['ann']]]);
  });
  test('takes a reminder for the same contact as what it reminds of, at the later time', () => {
    const survey = (days: number, more = {}) => sent(start + days * day, { purpose: 'survey', ...more });
    const reminder = survey(7, { reminderOf: survey(0).actionId });
    expect(found([survey(0), reminder])[1]).toEqual([1, []]);
    expect(found([survey(0), reminder, survey(91)])[1]).toEqual([2, ['ann']]);
  });
  test('does not count what was never delivered, nor what staff got', () => {
    expect(found([sent(start), sent(start + day)], [sent(start).actionId])[0]).toEqual([1, []]);
    expect(found([sent(start, { audience: 'sales' })])[0]).toEqual(none);
  });
});
