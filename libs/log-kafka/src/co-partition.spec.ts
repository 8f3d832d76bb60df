import fc from 'fast-check';
import { commonCount, shareOut } from './co-partition.js';

const member = (id: string, ...held: number[]) => ({ id, held });
const shares = (...args: Parameters<typeof shareOut>) => Object.fromEntries(shareOut(...args));

describe('sharing out partition indexes', () => {
  it('gives a single member all', () => {
    expect(shares([member('a')], 3)).toEqual({ a: [0, 1, 2] });
  });

  it('leaves members beyond the partitions without any', () => {
    expect(shares([member('a'), member('b'), member('c')], 2)).toEqual({ a: [0], b: [1], c: [] });
  });

  it('moves only what an even share needs when a member comes', () => {
    expect(shares([member('new'), member('old', 0, 1, 2, 3)], 4)).toEqual({ old: [0, 1], new: [2, 3] });
  });

  it('moves only what a leaving member held', () => {
    expect(shares([member('a', 0, 3), member('b', 1, 4)], 6)).toEqual({ a: [0, 2, 3], b: [1, 4, 5] });
  });

  it('lets nobody keep what another holds too, or what is no more', () => {
    expect(shares([member('a', 0, 1, 9), member('b', 1, 0)], 2)).toEqual({ a: [0], b: [1] });
  });

  it('gives each index to one member, evenly, whatever they say to hold and in whatever order', () => {
    const members = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1 }), held: fc.uniqueArray(fc.nat(40)) }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 32 }), (members, count) => {
        const shared = shareOut(members, count);
        expect([...shared.values()].flat().sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
        const sizes = [...shared.values()].map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Object.fromEntries(shareOut(members.toReversed(), count))).toEqual(Object.fromEntries(shared));
      }),
    );
  });
});

describe('the common partition count', () => {
  it('is that of all topics', () => {
    expect(
      commonCount([
        ['a', 6],
        ['b', 6],
      ]),
    ).toBe(6);
  });

  it('is refused where topics differ, naming them', () => {
    expect(() =>
      commonCount([
        ['a', 6],
        ['b', 3],
      ]),
    ).toThrow('a has 6, b has 3');
  });
});
