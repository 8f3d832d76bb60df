import fc from 'fast-check';
import { judge } from './judge.js';

const limits = { share: 0.1, least: 5 };
const noise = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 30, maxLength: 120 });
const series = (values: readonly number[], trend: (at: number) => number) =>
  values.map((value, i) => ({ seconds: 5 * i, value: 100 + value + trend(i / (values.length - 1)) }));

describe('a series', () => {
  it('that wavers about a level is flat', () => {
    fc.assert(
      fc.property(
        noise,
        (values) =>
          judge(
            series(values, () => 0),
            limits,
          ).flat,
      ),
    );
  });

  it('that grows by a fifth is not, however it wavers', () => {
    fc.assert(
      fc.property(
        noise,
        (values) =>
          !judge(
            series(values, (at) => 20 * at),
            limits,
          ).flat,
      ),
    );
  });

  it('that falls is flat', () => {
    fc.assert(
      fc.property(
        noise,
        (values) =>
          judge(
            series(values, (at) => -50 * at),
            limits,
          ).flat,
      ),
    );
  });

  it('is flat in spite of a peak in one of five points', () => {
    const peaks = series(Array<number>(50).fill(0), () => 0).map((point, i) =>
      i % 5 === 4 ? { ...point, value: 400 } : point,
    );
    expect(judge(peaks, limits)).toEqual({ growth: 0, allowed: 10, flat: true });
  });

  it('of counts is held to a least growth', () => {
    const handles = (last: number) =>
      Array.from({ length: 40 }, (_, i) => ({ seconds: i, value: 20 + (last * i) / 39 }));
    expect(judge(handles(4), limits).flat).toBe(true);
    expect(judge(handles(8), limits).flat).toBe(false);
  });
});
