import type { Intent } from './customer-store.port.js';
import { PartitionStopped, reconcile, type Positions } from './reconcile.js';

const topics = ['purchase', 'support'];
const range = { purchase: { start: 0, end: 100 }, support: { start: 0, end: 100 } };
const intent = (number: number, from: [number, number], to: [number, number]): Intent => ({
  group: 'g',
  number,
  from: { purchase: from[0], support: from[1] },
  to: { purchase: to[0], support: to[1] },
  watermark: 0,
  now: 0,
  definition: 'hash',
  rules: 1,
});
const given = (positions: Partial<Positions>) =>
  reconcile({ partition: 3, group: 'g', topics, committed: {}, range, intent: undefined, ...positions });

describe('where a task resumes', () => {
  it('begins at the earliest record when neither log nor store knows the group', () => {
    const late = { ...range, support: { start: 7, end: 9 } };
    expect(given({ range: late })).toEqual({ next: { purchase: 0, support: 7 }, done: 0, redo: undefined });
  });

  it('goes on after a batch whose offsets were committed', () => {
    const result = given({ committed: { purchase: 10, support: 4 }, intent: intent(5, [8, 4], [10, 4]) });
    expect(result).toEqual({ next: { purchase: 10, support: 4 }, done: 5, redo: undefined });
  });

  it('redoes a batch whose offsets were not committed, from the very same slices', () => {
    const doubt = intent(5, [8, 4], [10, 6]);
    const result = given({ committed: { purchase: 8, support: 4 }, intent: doubt });
    expect(result).toEqual({ next: { purchase: 8, support: 4 }, done: 4, redo: doubt });
  });

  it('redoes the very first batch, before which nothing was ever committed', () => {
    const doubt = intent(1, [0, 0], [5, 5]);
    expect(given({ intent: doubt }).redo).toBe(doubt);
  });

  it('begins a topic that is new to the group at its start', () => {
    const result = given({
      topics: [...topics, 'inbox'],
      range: { ...range, inbox: { start: 2, end: 9 } },
      committed: { purchase: 10, support: 4 },
      intent: intent(5, [8, 4], [10, 4]),
    });
    expect(result.next).toEqual({ purchase: 10, support: 4, inbox: 2 });
  });

  it.each<[string, Partial<Positions>, RegExp]>([
    [
      'offsets were reset',
      { committed: { purchase: 0, support: 0 }, intent: intent(5, [8, 4], [10, 6]) },
      /from purchase:8.*to purchase:10.*stands at purchase:0/s,
    ],
    ['offsets expired', { committed: {}, intent: intent(5, [8, 4], [10, 6]) }, /stands at nothing/],
    [
      'one topic lies between',
      { committed: { purchase: 10, support: 4 }, intent: intent(5, [8, 4], [10, 6]) },
      /stands at/,
    ],
    ['the store was emptied', { committed: { purchase: 10 } }, /the store knows no batch/],
    [
      'the store is of another group',
      { intent: { ...intent(1, [0, 0], [1, 1]), group: 'other' } },
      /belongs to group "other"/,
    ],
    [
      'records were deleted unread',
      {
        committed: { purchase: 3, support: 4 },
        intent: intent(5, [3, 3], [3, 4]),
        range: { ...range, purchase: { start: 50, end: 100 } },
      },
      /deleted before/,
    ],
    [
      'the topic was recreated',
      {
        committed: { purchase: 10, support: 4 },
        intent: intent(5, [8, 4], [10, 4]),
        range: { ...range, purchase: { start: 0, end: 2 } },
      },
      /truncated or recreated/,
    ],
  ])('stops when %s, naming positions and a way out', (_, positions, message) => {
    expect(() => given(positions)).toThrow(PartitionStopped);
    expect(() => given(positions)).toThrow(message);
    expect(() => given(positions)).toThrow(/partition 3.*(GROUP_ID|[Rr]estore)/s);
  });
});
