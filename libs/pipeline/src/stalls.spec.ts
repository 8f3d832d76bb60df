import { LOOK_MS, Stalls } from './stalls.js';
import type { TaskStatus } from './task-status.js';

const task = (changes: Partial<TaskStatus>): TaskStatus => ({
  ...{ partition: 3, state: 'running', quiet: false, batches: 7, attempts: 1, lag: 5 },
  ...{ watermark: 0, progressAt: 0 },
  ...changes,
});
const after = (...tasks: readonly Partial<TaskStatus>[]) => {
  const stalls = new Stalls();
  for (const each of tasks) stalls.look([task(each)]);
  return stalls.of(3);
};

describe('a task is stalled', () => {
  it('for as long as records wait and no batch is done', () => {
    expect(after({}, {}, {})).toBe(2 * LOOK_MS);
  });

  it('while an attempt neither begins nor ends', () => {
    expect(after({ state: 'starting', lag: 0 }, { state: 'starting', lag: 0 })).toBe(LOOK_MS);
    expect(after({ state: 'retrying' }, { state: 'retrying' })).toBe(LOOK_MS);
  });
});

describe('a task is not stalled', () => {
  // An engine was once ended because the first record after two idle minutes had not been folded yet.
  it('when a record comes after a long time without any', () => {
    expect(after({ lag: 0 }, { lag: 0 }, { lag: 0 }, { lag: 1 })).toBe(LOOK_MS);
    expect(after({ lag: 0 }, { lag: 0 }, { lag: 0 }, { lag: 0 })).toBe(0);
  });

  it('while batches are done, or attempts made', () => {
    expect(after({ batches: 1 }, { batches: 2 }, { batches: 3 })).toBe(0);
    expect(after({ state: 'retrying' }, { state: 'retrying', attempts: 2 })).toBe(0);
  });

  it('where it stopped and says why, or was never looked at', () => {
    expect(after({ state: 'stopped' }, { state: 'stopped' })).toBe(0);
    expect(new Stalls().of(3)).toBe(0);
  });
});
