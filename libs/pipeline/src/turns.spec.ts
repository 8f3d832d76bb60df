import { Turns } from './turns.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Asks for turns; tells which began, and ends one. */
function turnsOf(capacity: number) {
  const turns = new Turns(capacity);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, records: number) =>
    turns.take(records, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { turns, begun, ask, end };
}

describe('turns', () => {
  it('let small batches go side by side, and others wait until there is room', async () => {
    const { begun, ask, end } = turnsOf(100);
    for (const [name, records] of [
      ['a', 30],
      ['b', 60],
      ['c', 40],
      ['d', 40],
    ] as const)
      void ask(name, records);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('go by who asked first: a large batch is not passed by small ones for ever', async () => {
    const { begun, ask, end } = turnsOf(100);
    for (const [name, records] of [
      ['a', 10],
      ['large', 100],
      ['b', 10],
    ] as const)
      void ask(name, records);
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'large']);
    await end('large');
    expect(begun).toEqual(['a', 'large', 'b']);
  });

  it('give a batch over the capacity all of it', async () => {
    const { begun, ask, end } = turnsOf(100);
    void ask('redo', 5_000);
    void ask('next', 1);
    expect(begun).toEqual(['redo']);
    await end('redo');
    expect(begun).toEqual(['redo', 'next']);
  });

  it('pass on when the work throws', async () => {
    const { turns, begun, ask } = turnsOf(10);
    await expect(turns.take(10, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    void ask('next', 10);
    expect(begun).toEqual(['next']);
  });
});
