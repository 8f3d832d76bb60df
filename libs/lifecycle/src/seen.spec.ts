import { hash64 } from './hash.js';
import { pack4 } from './packed.js';
import { limitsOf, nothingSeen, remember, shelved, wasSeen } from './seen.js';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 5);
const hash = (i: number) => hash64(`/shop#e-${i}`);

function seenAfter(count: number, every: number) {
  let seen = nothingSeen;
  for (let i = 0; i < count; i++) seen = remember(seen, hash(i), start + i * every, start + i * every);
  return seen;
}

describe('identities are remembered', () => {
  test('the last 256, however long ago', () => {
    const seen = seenAfter(1_000, 30 * 24 * hour);
    for (let i = 744; i < 1_000; i++) expect(wasSeen(seen, hash(i))).toBe(true);
    expect(wasSeen(seen, hash(700))).toBe(false);
  });

  test('all of the last 7 days of event time', () => {
    const seen = seenAfter(1_500, hour / 8);
    for (let i = 1_500 - 7 * 24 * 8; i < 1_500; i++) expect(wasSeen(seen, hash(i))).toBe(true);
    expect(wasSeen(seen, hash(0))).toBe(false);
  });

  test('at most 2,048', () => {
    const seen = seenAfter(5_000, 1_000);
    expect(seen.order).toHaveLength(2_048);
    expect(seen.shelves.join('')).toHaveLength(2_048 * 15);
    expect(wasSeen(seen, hash(5_000 - 2_048))).toBe(true);
    expect(wasSeen(seen, hash(5_000 - 2_049))).toBe(false);
  });
});

describe('where the window ends', () => {
  const day = 24 * hour;

  test('nothing is in doubt as long as nothing was forgotten', () => {
    expect(limitsOf(seenAfter(256, 30 * day), 0, start)).toBeUndefined();
  });

  test('whatever is no newer than the newest that was forgotten may be a duplicate, and nothing else', () => {
    const seen = seenAfter(300, 30 * day);
    const latest = start + 299 * 30 * day;
    for (let i = 0; i < 300; i++) {
      const at = start + i * 30 * day;
      expect([i, limitsOf(seen, at, latest)]).toEqual([i, i < 44 ? { beyondWindow: true } : undefined]);
    }
  });

  test('of those that came out of order the newest counts', () => {
    let seen = remember(nothingSeen, hash(0), start + 400 * day, start + 400 * day);
    for (let i = 1; i <= 256; i++) seen = remember(seen, hash(i), start + i * day, start + 500 * day);
    expect(wasSeen(seen, hash(0))).toBe(false);
    expect(limitsOf(seen, start + 300 * day, start + 500 * day)).toEqual({ beyondWindow: true });
  });

  test('more than 2,048 within seven days narrow it, until those are seven days old', () => {
    const seen = seenAfter(2_049, 1_000);
    const latest = start + 2_049 * 1_000;
    expect(limitsOf(seenAfter(2_048, 1_000), latest, latest)).toBeUndefined();
    expect(limitsOf(seen, latest + hour, latest + hour)).toEqual({ narrowWindow: true });
    expect(limitsOf(seen, start, latest)).toEqual({ beyondWindow: true, narrowWindow: true });
    expect(limitsOf(seen, latest + 8 * day, latest + 8 * day)).toBeUndefined();
  });
});

test('those that version 0.1.0 kept in one string are remembered as if they had come one by one', () => {
  const kept = Array.from({ length: 400 }, (_, i) => hash(i) + pack4((start + i * hour) / hour)).join('');
  let seen = nothingSeen;
  for (let i = 0; i < 400; i++) seen = remember(seen, hash(i), start + i * hour, start + 400 * hour);
  const least = shelved(kept.slice((400 - 256) * 15));
  expect(least).toEqual({ shelves: seen.shelves, order: seen.order });
  expect(shelved(seen)).toBe(seen);
});

test('sixty-four bits tell identities apart, and so do their first forty-two', () => {
  const whole = new Set<string>();
  const begin = new Set<string>();
  for (let i = 0; i < 100_000; i++) {
    const it = hash64(`https://shop.invalid/orders#${31_198_570_044 + i}`);
    whole.add(it);
    begin.add(it.slice(0, 7));
  }
  expect(hash(1)).toHaveLength(11);
  expect(whole.size).toBe(100_000);
  expect(begin.size).toBeGreaterThan(99_998);
});
