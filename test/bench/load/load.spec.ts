import { randomFrom } from '#analysis';
import { decodeRecord, structuredHeaders } from '#contracts';
import type { OutboundRecord } from '#pipeline';
import { backlogOf, type Load } from './load.js';
import { drawCustomer } from './who.js';

const load: Load = { events: 3_000, customers: 300, shape: 'even', seed: 1 };
const headers = { 'content-type': Buffer.from(structuredHeaders['content-type']) };
const decoded = ({ topic, key, value }: OutboundRecord) =>
  decodeRecord(
    { topic, partition: 0, key: Buffer.from(String(key)), value: Buffer.from(String(value)), headers },
    { now: Date.now(), prefix: 'bench.' },
  );
const withoutTime = ({ value }: OutboundRecord) => String(value).replace(/"time":"[^"]*"/, '');

describe('the load of the benchmark', () => {
  it('is all valid, so that no contestant gets away with dead letters', () => {
    const refused = [...backlogOf(load, 'bench.')].map(decoded).filter(({ ok }) => !ok);
    expect(refused).toEqual([]);
  });

  it('is the same for the same seed, and another for another', () => {
    const texts = (seed: number) => [...backlogOf({ ...load, seed }, '')].map(withoutTime).join('\n');
    expect(texts(1)).toBe(texts(1));
    expect(texts(1)).not.toBe(texts(2));
  });

  it('is in order of time and ends before now', () => {
    const times = [...backlogOf(load, 'bench.')].map((record) => {
      const result = decoded(record);
      return result.ok ? result.event.at : NaN;
    });
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(Date.now());
  });
});

describe('who an event is of', () => {
  it.each([1_000, 104_729])('is each of %i customers in turn', (customers) => {
    const who = drawCustomer('one-each', customers, randomFrom(1));
    expect(new Set(Array.from({ length: customers }, (_, n) => who(n))).size).toBe(customers);
  });

  it('is everybody alike, or for a third of the events one in a hundred', () => {
    const busiest = (shape: Load['shape']) => {
      const who = drawCustomer(shape, 5_000, randomFrom(1));
      return Array.from({ length: 50_000 }, (_, n) => who(n)).filter((customer) => customer < 50).length;
    };
    expect(busiest('even')).toBeLessThan(1_000);
    expect(busiest('skewed')).toBeGreaterThan(14_000);
  });
});
