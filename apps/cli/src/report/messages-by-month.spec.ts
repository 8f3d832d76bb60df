import { MessagesByMonth } from './messages-by-month.js';
import { day, sent, start } from './report.given.js';

describe('messages by customer and month', () => {
  test('count months without a message, from the first sign of the customer on', () => {
    const months = new MessagesByMonth('America/New_York');
    months.seen('ann', start);
    months.seen('bea', start + 300 * day);
    months.take(sent(start + 40 * day));
    months.take(sent(start + 41 * day, { purpose: 'service' }));
    const [marketing, ...others] = months.rows();
    expect(marketing).toEqual({ purpose: 'marketing', messages: 1, count: 12, median: 0, p95: 1, most: 1 });
    expect(others.at(-1)).toMatchObject({ purpose: 'all', messages: 2, most: 2 });
  });
  test('end a month when it ends in the zone', () => {
    const months = new MessagesByMonth('America/New_York');
    for (const at of ['2026-02-01T04:59:00Z', '2026-02-01T05:00:00Z']) months.take(sent(Date.parse(at)));
    expect(months.rows()[0]).toMatchObject({ count: 2, most: 1 });
  });
  test('say nothing where there is nothing', () => {
    expect(new MessagesByMonth('UTC').rows()).toEqual([]);
  });
});
