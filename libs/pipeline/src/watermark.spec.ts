import type { Located } from './topic-buffer.js';
import { Watermark } from './watermark.js';

const HOUR = 3_600_000;
const arrival = (timestamp: number, at: number, type = 'order.completed.v1'): Located => ({
  record: { topic: 't', partition: 0, offset: 0, timestamp, key: null, value: null, headers: {} },
  decoded: {
    ok: true,
    event: { id: '1', source: 's', type, subject: 'c', at, data: {} },
  } as Located['decoded'],
  at,
});
const now = 1_000 * HOUR;

describe('the watermark', () => {
  it('goes neither back nor past the clock', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.advance(40, now);
    expect(watermark.at).toBe(50);
    watermark.advance(now + 5, now);
    expect(watermark.at).toBe(now);
  });

  it('is the clock once all is read', () => {
    expect(new Watermark(15_000, 50).reach(now, now)).toBe(now);
  });

  it('stays where it is between two chunks of a backfill, and for the grace after the last', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.arrived(arrival(now, now - 2 * HOUR), now);
    expect(watermark.reach(now + 14_999, now + 14_999)).toBe(50);
    expect(watermark.reach(now + 15_000, now + 15_000)).toBe(now + 15_000);
  });

  it('is not held by events that arrive in time, nor by timers, which are always late', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.arrived(arrival(now, now - HOUR / 2), now);
    watermark.arrived(arrival(now, 0, 'timer.due.v1'), now);
    expect(watermark.reach(now, now)).toBe(now);
  });

  it('is not held by old arrivals: an outage is not a backfill', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.arrived(arrival(now - 48 * HOUR, now - 50 * HOUR), now);
    expect(watermark.reach(now, now)).toBe(now);
  });

  it('does not follow one topic ahead of the others while a backfill arrives', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.arrived(arrival(now, now - 900 * HOUR), now);
    watermark.advance(now - 100 * HOUR, now);
    expect(watermark.at).toBe(50);
  });

  it('lets no timer pass what is still to be folded, however far it stood before', () => {
    const watermark = new Watermark(15_000, 0);
    watermark.advance(Infinity, now);
    expect(watermark.timersUpTo(now)).toBe(now);
    watermark.advance(now - 100 * HOUR, now);
    expect([watermark.at, watermark.timersUpTo(now)]).toEqual([now, now - 100 * HOUR]);
    watermark.restore(now);
    expect(watermark.timersUpTo(now)).toBe(-Infinity);
  });

  it('lets no timer pass while a backfill arrives', () => {
    const watermark = new Watermark(15_000, 0);
    watermark.advance(now, now);
    watermark.arrived(arrival(now, now - 2 * HOUR), now);
    expect(watermark.timersUpTo(now)).toBe(-Infinity);
  });

  it('is held also for whoever read the clock a little before the last arrival, but not once it is set back', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.arrived(arrival(now, now - 2 * HOUR), now);
    expect(watermark.held(now - 20)).toBe(true);
    expect(watermark.held(now - HOUR)).toBe(false);
  });

  it('does not go back behind what a batch has recorded when a backfill begins to arrive while it is committed', () => {
    const watermark = new Watermark(15_000, 50);
    const recorded = watermark.reach(now, now);
    watermark.arrived(arrival(now, now - 2 * HOUR), now);
    watermark.recorded(recorded);
    watermark.advance(now, now);
    expect(watermark.reach(now + 1, now + 1)).toBe(now);
  });

  it('is released by whoever says that the backfill is complete', () => {
    const watermark = new Watermark(15_000, 50);
    watermark.settle(now);
    watermark.arrived(arrival(now - 1, now - 2 * HOUR), now);
    expect(watermark.reach(now, now)).toBe(now);
    watermark.arrived(arrival(now + 1, now - 2 * HOUR), now);
    expect(watermark.reach(now + 1, now + 1)).toBe(50);
  });
});
