import { EmbeddedDbError } from './embedded-db-error.js';
import { WriteQueue, type Transact } from './write-queue.js';

const failure = () => new EmbeddedDbError('full', 'no space');

/** A disk whose commits can be made to fail. */
function disk(): { transact: Transact; commits: number; deepest: number; broken: boolean } {
  let depth = 0;
  const state = { transact: (work: () => void) => transact(work), commits: 0, deepest: 0, broken: false };
  const transact: Transact = (work) => {
    depth++;
    state.deepest = Math.max(state.deepest, depth);
    try {
      work();
    } finally {
      depth--;
    }
    if (depth > 0) return;
    if (state.broken) throw new Error('the disk');
    state.commits++;
  };
  return state;
}

describe('the write queue', () => {
  it('commits together what was asked for in one turn', async () => {
    const state = disk();
    const queue = new WriteQueue(state.transact, failure);
    expect(await Promise.all([1, 2, 3].map((n) => queue.run(() => n)))).toEqual([1, 2, 3]);
    expect(state.commits).toBe(1);
    expect(await queue.run(() => 4)).toBe(4);
    expect(state.commits).toBe(2);
  });

  it('rejects a unit that throws and resolves the others', async () => {
    const state = disk();
    const queue = new WriteQueue(state.transact, failure);
    const throwing = queue.run(() => {
      throw new Error('no');
    });
    const sound = queue.run(() => 1);
    await expect(throwing).rejects.toThrow('no');
    expect(await sound).toBe(1);
    expect(await queue.run(() => 2)).toBe(2);
  });

  it('rejects one alone that throws with what it threw, and goes on', async () => {
    const state = disk();
    const queue = new WriteQueue(state.transact, failure);
    const throwing = queue.run(() => {
      throw new Error('no');
    });
    await expect(throwing).rejects.toThrow('no');
    expect(state.commits).toBe(0);
    expect(await queue.run(() => 2)).toBe(2);
    expect(state.deepest).toBe(1);
  });

  it('rejects one alone whose commit failed, and runs nothing after it', async () => {
    const state = disk();
    const queue = new WriteQueue(state.transact, failure);
    state.broken = true;
    await expect(queue.run(() => 1)).rejects.toMatchObject({ code: 'full' });
    state.broken = false;
    await expect(queue.run(() => 2)).rejects.toMatchObject({ code: 'full' });
  });

  it('rejects all of a commit that failed, and runs nothing after it', async () => {
    const state = disk();
    const queue = new WriteQueue(state.transact, failure);
    state.broken = true;
    const both = await Promise.allSettled([queue.run(() => 1), queue.run(() => 2)]);
    expect(both.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    state.broken = false;
    let ran = false;
    await expect(queue.run(() => (ran = true))).rejects.toMatchObject({ code: 'full' });
    expect(ran).toBe(false);
  });
});
