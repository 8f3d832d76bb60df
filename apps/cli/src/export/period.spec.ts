import { periodEnd } from './period.js';

const newYork = 'America/New_York';
const at = (text: string) => Date.parse(text);

describe('the end of a period', () => {
  it('of a month is the midnight after its last day, in the zone', () => {
    expect(periodEnd(at('2017-02-01T04:59:59Z'), 'month', newYork)).toEqual({
      lastDay: '2017-01-31',
      at: at('2017-02-01T05:00:00Z'),
    });
    expect(periodEnd(at('2017-02-01T05:00:00Z'), 'month', newYork).lastDay).toBe('2017-02-28');
  });

  it('follows the zone through a change of clocks', () => {
    expect(periodEnd(at('2017-03-20T12:00:00Z'), 'month', newYork).at).toBe(at('2017-04-01T04:00:00Z'));
    expect(periodEnd(at('2017-03-12T12:00:00Z'), 'day', newYork).at).toBe(at('2017-03-13T04:00:00Z'));
  });

  it('of a week is the end of its Sunday', () => {
    expect(periodEnd(at('2017-03-15T12:00:00Z'), 'week', newYork).lastDay).toBe('2017-03-19');
    expect(periodEnd(at('2017-03-19T12:00:00Z'), 'week', newYork).lastDay).toBe('2017-03-19');
  });

  it('lies after every time in it, and begins the next', () => {
    for (const grain of ['day', 'week', 'month'] as const)
      for (
        let time = at('2015-12-20T03:00:00Z');
        time < at('2017-02-01T00:00:00Z');
        time += 7.3 * 3_600_000
      ) {
        const end = periodEnd(time, grain, 'Australia/Lord_Howe');
        expect(end.at).toBeGreaterThan(time);
        expect(periodEnd(end.at, grain, 'Australia/Lord_Howe').at).toBeGreaterThan(end.at);
        expect(periodEnd(end.at - 1, grain, 'Australia/Lord_Howe')).toEqual(end);
      }
  });
});
