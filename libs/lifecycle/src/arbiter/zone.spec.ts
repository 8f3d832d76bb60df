import { clockChange, knownZone, zoneOffset } from './zone.js';

const minutes = (zone: string, at: string) => zoneOffset(zone, Date.parse(at)) / 60_000;

describe('a zone', () => {
  test.each([
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 345],
    ['Pacific/Chatham', '2026-01-01T00:00:00Z', 825],
    ['Pacific/Chatham', '2026-07-01T00:00:00Z', 765],
    ['America/St_Johns', '2026-01-01T00:00:00Z', -210],
    ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', 630],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', 660],
    ['UTC', '2026-01-01T00:00:00Z', 0],
  ])('%s has its offset at %s', (zone, at, offset) => {
    expect(minutes(zone, at)).toBe(offset);
  });

  test('changes its offset at the instant, also on a day already asked for', () => {
    expect(minutes('Europe/Vienna', '2026-03-29T00:59:59.999Z')).toBe(60);
    expect(minutes('Europe/Vienna', '2026-03-29T01:00:00Z')).toBe(120);
    const [from, to] = [Date.parse('2026-03-28T20:00:00Z'), Date.parse('2026-03-29T20:00:00Z')];
    expect(clockChange('Europe/Vienna', from, to)).toBe(Date.parse('2026-03-29T01:00:00Z'));
  });

  test.each([['Europe/Nowhere'], ['+5 and a bit'], [''], [undefined], [null], [7]])('%p is none', (junk) => {
    expect(knownZone(junk)).toBeUndefined();
  });

  test('is known by its older names too', () => {
    expect(knownZone('US/Eastern')).toBe('America/New_York');
  });
});
