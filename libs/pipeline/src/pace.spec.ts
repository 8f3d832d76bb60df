import { Pace } from './pace.js';
import type { Clock } from './clock.port.js';

/** Alarms that ring when they are told to. */
function alarms() {
  const set = new Set<{ ms: number; ring: () => void }>();
  const clock: Clock = {
    now: () => 0,
    after: (ms, ring) => {
      const alarm = { ms, ring };
      set.add(alarm);
      return () => set.delete(alarm);
    },
  };
  const ring = () => {
    for (const alarm of [...set]) {
      set.delete(alarm);
      alarm.ring();
    }
  };
  return { clock, ring, waiting: () => [...set].map(({ ms }) => ms) };
}

describe('the pace of batches', () => {
  it('lets the first batch begin, and few records wait for the interval after it', () => {
    const { clock, ring } = alarms();
    let over = 0;
    const pace = new Pace(clock, 100, () => over++);
    expect(pace.isEarly(1)).toBe(false);
    pace.begun();
    expect([pace.isEarly(1), pace.isEarly(499)]).toEqual([true, true]);
    expect(over).toBe(0);
    ring();
    expect([pace.isEarly(1), over]).toEqual([false, 1]);
  });

  it('does not keep many waiting', () => {
    const { clock } = alarms();
    const pace = new Pace(clock, 100, () => {});
    pace.begun();
    expect(pace.isEarly(500)).toBe(false);
  });

  it('counts from the last batch, with one alarm', () => {
    const { clock, ring, waiting } = alarms();
    const pace = new Pace(clock, 100, () => {});
    pace.begun();
    pace.begun();
    expect(waiting()).toEqual([100]);
    ring();
    expect(pace.isEarly(1)).toBe(false);
  });

  it('leaves no alarm behind when it is stopped, and sets none without an interval', () => {
    const { clock, waiting } = alarms();
    const pace = new Pace(clock, 100, () => {});
    pace.begun();
    pace.stop();
    expect([pace.isEarly(1), waiting()]).toEqual([false, []]);
    const none = new Pace(clock, 0, () => {});
    none.begun();
    expect([none.isEarly(1), waiting()]).toEqual([false, []]);
  });
});
