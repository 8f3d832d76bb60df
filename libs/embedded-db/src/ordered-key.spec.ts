import fc from 'fast-check';
import { lastNumber, orderedKey } from '#embedded-db';

const number = fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.maxSafeInteger());
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\0', '\u0001', 'a', 'ÿ', '日') }),
);
const sign = (n: number) => Math.sign(n);
const compareText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('an ordered key', () => {
  it('orders as its numbers do', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Buffer.compare(orderedKey(a), orderedKey(b))).toBe(
          sign(a === b ? 0 : a - b || (a < b ? -1 : 1)),
        );
      }),
    );
  });

  it('orders as its texts do, byte for byte', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sign(Buffer.compare(orderedKey(a), orderedKey(b)))).toBe(sign(compareText(a, b)));
      }),
    );
  });

  it('orders by its first part, then by the next', () => {
    const key = fc.tuple(text, fc.integer(), text);
    fc.assert(
      fc.property(key, key, (a, b) => {
        const expected = compareText(a[0], b[0]) || a[1] - b[1] || compareText(a[2], b[2]);
        expect(sign(Buffer.compare(orderedKey(...a), orderedKey(...b)))).toBe(sign(expected));
      }),
    );
  });

  it('gives back the number at its end', () => {
    fc.assert(
      fc.property(text, number, (name, value) => {
        expect(lastNumber(orderedKey(name, value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('of long texts stays short and unique', () => {
    const [a, b] = ['a', 'b'].map((end) => orderedKey(`${'x'.repeat(5_000)}${end}`));
    expect(a!.length).toBeLessThan(450);
    expect(a).not.toEqual(b);
  });
});
