import { homePartition } from '#contracts';
import type { LogRecord } from '#pipeline';
import { freshName } from '../services/index.js';
import { numbered, spec, type LogBench } from './log-bench.js';
import { readAll, valuesOf } from './log-worker.js';

/** Topics, appending and reading. */
export function recordRules({ log, another, reopen, topics }: LogBench): void {
  const offsetsOf = (records: readonly LogRecord[]): number[] => records.map(({ offset }) => offset);

  describe('topics', () => {
    it('are created once', async () => {
      const [a, b] = [freshName('a'), freshName('b')];
      expect(await log().createTopics([spec(a)])).toEqual([a]);
      expect(await log().createTopics([spec(a), spec(b)])).toEqual([b]);
      expect(await log().topics([a, b])).toEqual([
        { name: a, partitions: 2 },
        { name: b, partitions: 2 },
      ]);
    });

    it('are listed with all others, and left out where they do not exist', async () => {
      const [a] = await topics('a');
      const names = (await log().topics()).map(({ name }) => name);
      expect(names).toContain(a);
      expect(await log().topics([freshName('none')])).toEqual([]);
    });

    it('keep their partition count: another one is refused', async () => {
      const [a] = await topics('a');
      await expect(log().createTopics([spec(a!, 3)])).rejects.toMatchObject({ code: 'partitions' });
      expect(await log().topics([a!])).toEqual([{ name: a, partitions: 2 }]);
    });

    it('that do not exist are refused by name', async () => {
      const none = freshName('none');
      const unknown = { code: 'unknownTopic' };
      await expect(log().publish([{ topic: none, key: 'a', value: 'x' }])).rejects.toMatchObject(unknown);
      await expect(log().range(none)).rejects.toMatchObject(unknown);
      await expect(readAll(log(), none)).rejects.toMatchObject(unknown);
      expect(await log().topics([none])).toEqual([]);
    });
  });

  describe('records', () => {
    it('keep the order of publishing within a partition, over calls', async () => {
      const [a] = await topics('a');
      for (let call = 0; call < 5; call++) await log().publish(numbered(a!, call % 2, 100, `${call}-`));
      const records = await readAll(log(), a!);
      const expected = (calls: number[]) =>
        calls.flatMap((call) => valuesOf(numbered(a!, 0, 100, `${call}-`) as unknown as LogRecord[]));
      expect(valuesOf(records)).toEqual([...expected([0, 2, 4]), ...expected([1, 3])]);
      expect(offsetsOf(records.filter(({ partition }) => partition === 0))).toEqual(
        Array.from({ length: 300 }, (_, n) => n),
      );
    });

    it('go to the partition that they name, else to their key’s home', async () => {
      const [a] = await topics('a');
      const keys = Array.from({ length: 40 }, (_, n) => `customer-${n}-ü`);
      const byKey = keys.map((key) => ({ topic: a!, key, value: key }));
      const elsewhere = keys.map((key) => ({
        topic: a!,
        partition: 1 - homePartition(key, 2),
        key: Buffer.from(key),
        value: 'elsewhere',
      }));
      await log().publish([...byKey, ...elsewhere]);
      for (const { key, value, partition } of await readAll(log(), a!)) {
        const home = homePartition(key!.toString(), 2);
        expect(partition).toBe(value!.toString() === 'elsewhere' ? 1 - home : home);
      }
    });

    it('come back byte for byte: keys, values, headers, nulls and empty ones', async () => {
      const [a] = await topics('a');
      const odd = Buffer.from([0, 255, 128, 10, 13]);
      const partition = 0;
      const before = Date.now();
      await log().publish([
        { topic: a!, partition, key: odd, value: odd, headers: { bytes: odd, text: 'grün', empty: '' } },
        { topic: a!, partition, key: null, value: 'no key' },
        { topic: a!, partition, key: 'no value', value: null },
        { topic: a!, partition, key: '', value: '' },
      ]);
      const records = await readAll(log(), a!);
      expect(records.map(({ key, value }) => [key, value])).toEqual([
        [odd, odd],
        [null, Buffer.from('no key')],
        [Buffer.from('no value'), null],
        [Buffer.alloc(0), Buffer.alloc(0)],
      ]);
      expect(records[0]?.headers).toEqual({
        bytes: odd,
        text: Buffer.from('grün'),
        empty: Buffer.alloc(0),
      });
      expect(records[1]?.headers).toEqual({});
      for (const { timestamp, topic } of records) {
        expect(topic).toBe(a);
        // Brokers on other machines have their own clock.
        expect(Math.abs(timestamp - before)).toBeLessThan(600_000);
      }
    });

    it('without key and partition are kept too', async () => {
      const [a] = await topics('a');
      await log().publish([1, 2, 3].map((n) => ({ topic: a!, key: null, value: String(n) })));
      expect(valuesOf(await readAll(log(), a!)).sort()).toEqual(['1', '2', '3']);
    });

    it('of any size up to the limit fit, in any number', async () => {
      const [a] = await topics('a');
      const sizes = [900_000, 1, 500_000, 70_000, 900_000];
      await log().publish(
        sizes.map((size) => ({ topic: a!, partition: 0, key: 'k', value: 'x'.repeat(size) })),
      );
      expect((await readAll(log(), a!)).map(({ value }) => value?.length)).toEqual(sizes);
    });

    it('too large for the log are rejected', async () => {
      const [a] = await topics('a');
      const large = { topic: a!, partition: 0, key: 'k', value: 'x'.repeat(2_000_000) };
      await expect(log().publish([large])).rejects.toMatchObject({ code: 'rejected', retriable: false });
      expect(await log().range(a!)).toEqual([
        { start: 0, end: 0 },
        { start: 0, end: 0 },
      ]);
    });

    it('are there after a restart', async () => {
      const [a] = await topics('a');
      await log().publish(numbered(a!, 1, 10));
      const again = await reopen();
      expect(await again.range(a!)).toEqual([
        { start: 0, end: 0 },
        { start: 0, end: 10 },
      ]);
      await again.publish(numbered(a!, 1, 1, 'later-'));
      expect(valuesOf(await readAll(again, a!)).slice(-2)).toEqual(['9', 'later-0']);
    });

    it('of another client are seen', async () => {
      const [a] = await topics('a');
      await (await another()).publish(numbered(a!, 0, 3));
      expect(valuesOf(await readAll(log(), a!))).toEqual(['0', '1', '2']);
    });
  });

  describe('reading', () => {
    it('gives exactly the records of the range asked for', async () => {
      const [a] = await topics('a');
      for (let call = 0; call < 7; call++) await log().publish(numbered(a!, 0, 300));
      for (const [from, to] of [
        [0, 2100],
        [299, 301],
        [1, 2],
        [650, 1999],
        [2099, 2100],
        [2099, 9999],
        [2100, 2100],
        [5, 5],
      ] as const) {
        const read: number[] = [];
        for await (const chunk of log().read(a!, 0, from, to)) read.push(...offsetsOf(chunk));
        const end = Math.min(to, 2100);
        expect(read).toEqual(Array.from({ length: Math.max(0, end - from) }, (_, n) => from + n));
      }
    });

    it('ends at the end of an empty partition', async () => {
      const [a] = await topics('a');
      expect(await readAll(log(), a!)).toEqual([]);
    });
  });
}
