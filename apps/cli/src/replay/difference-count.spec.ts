import type { Difference } from './comparison.js';
import { DifferenceCount } from './difference-count.js';
import { Ranges } from './ranges.js';

const differs = (customer: string, rules: number): Difference => ({
  ...{ topic: 'out', partition: 0, id: `${customer}-${rules}`, customer, problem: 'bytes', rules, offset: 1 },
});

describe('differences across rules revisions', () => {
  it('count under this revision alone, and not where another revision left the customer otherwise', () => {
    const count = new DifferenceCount();
    for (const difference of [differs('ann', 1), differs('bea', 2), differs('ann', 2)])
      count.add(difference, 2);
    expect(count.differences()).toMatchObject({
      ...{ own: 1, consequences: 1, foreign: { 1: 1 } },
      examples: [{ customer: 'bea' }],
      foreignExamples: [
        { customer: 'ann', rules: 1 },
        { customer: 'ann', rules: 2 },
      ],
    });
  });

  it('are told by ranges of batches', () => {
    const ranges = new Ranges(3);
    const batch = (number: number, rules: number) =>
      ranges.batch({
        ...{ number, rules, now: number * 1_000, watermark: 0, from: {}, to: {} },
        ...{ group: 'g', definition: 'd' },
      });
    for (const number of [1, 2, 3]) batch(number, 1);
    for (const number of [4, 5]) batch(number, 2);
    ranges.differs(1);
    const at = (second: number) => `1970-01-01T00:00:0${second}.000Z`;
    expect(ranges.all()).toEqual([
      { partition: 3, rules: 1, firstBatch: 1, lastBatch: 3, from: at(1), to: at(3), differences: 1 },
      { partition: 3, rules: 2, firstBatch: 4, lastBatch: 5, from: at(4), to: at(5), differences: 0 },
    ]);
  });
});
