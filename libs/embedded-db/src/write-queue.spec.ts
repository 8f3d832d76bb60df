import { EmbeddedDbError } from './embedded-db-error.js';
import { WriteQueue } from './write-queue.js';

const failure = () => new EmbeddedDbError('full', 'no space');

describe('the write queue', () => {
  it('commits together what was asked for in one turn', async () => {
    let commits = 0;
    const whole = (work: () => void) => {
      commits++;
      work();
    };
    const queue = new WriteQueue({ whole, part: (work) => work() }, failure);
    expect(await Promise.all([1, 2, 3].map((n) => queue.run(() => n)))).toEqual([1, 2, 3]);
    expect(commits).toBe(1);
    expect(await queue.run(() => 4)).toBe(4);
    expect(commits).toBe(2);
  });

  it('rejects all of a commit that failed, and everything after it', async () => {
    const whole = (work: () => void) => {
      work();
      throw new Error('the disk');
    };
    const queue = new WriteQueue({ whole, part: (work) => work() }, failure);
    const both = await Promise.allSettled([queue.run(() => 1), queue.run(() => 2)]);
    expect(both.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    let ran = false;
    await expect(queue.run(() => (ran = true))).rejects.toMatchObject({ code: 'full' });
    expect(ran).toBe(false);
  });

  it('resolves with what a unit returns, a promise-like too', async () => {
    const queue = new WriteQueue({ whole: (work) => work(), part: (work) => work() }, failure);
    expect(await queue.run(() => undefined)).toBeUndefined();
    await expect(queue.drained()).resolves.toBeUndefined();
  });
});
