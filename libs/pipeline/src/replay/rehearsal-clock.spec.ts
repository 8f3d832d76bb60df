import { asLive, RecordedClock } from './rehearsal-clock.js';

const hour = 3_600_000;
const stepped = (...steps: readonly (readonly [watermark: number, now: number, newest?: number])[]) => {
  const clock = new RecordedClock();
  for (const [watermark, now, newest] of steps)
    clock.step(
      { watermark: watermark * hour, now: now * hour },
      newest === undefined ? undefined : newest * hour,
    );
  return clock;
};
const judged = (clock: RecordedClock, due: number) => clock.judge(due * hour).now / hour;

describe('the clock by which a silent customer’s timer is judged', () => {
  it('is its due time where the engine was caught up', () => {
    const clock = stepped([10, 10, 10], [100, 100, 100]);
    expect(judged(clock, 40)).toBe(40);
    expect(asLive.judge(7)).toEqual({ now: 7 });
  });

  it('is that of the batch that saw the watermark pass it where the engine was behind', () => {
    const clock = stepped([10, 500, 10], [20, 501, 20], [30, 502, 30]);
    expect(judged(clock, 15)).toBe(500);
    expect(judged(clock, 25)).toBe(501);
    expect(judged(clock, 99)).toBe(502);
  });

  it('waits while a backfill is folded, though the watermark never goes back', () => {
    const clock = stepped([500, 500, 500], [500, 501, 20]);
    expect(clock.passed).toBe(-Infinity);
    clock.step({ watermark: 502 * hour, now: 502 * hour }, undefined);
    expect(clock.passed).toBe(-Infinity);
    clock.step({ watermark: 503 * hour, now: 503 * hour }, 503 * hour);
    expect(clock.passed).toBe(502 * hour);
    expect(judged(clock, 30)).toBeGreaterThanOrEqual(501);
  });
});
