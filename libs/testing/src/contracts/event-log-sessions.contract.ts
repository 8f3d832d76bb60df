import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '#pipeline';
import { until } from '../services/index.js';
import { numbered, type LogBench } from './log-bench.js';
import { readAll, valuesOf } from './log-worker.js';

/** Sessions: atomic commits and fencing. */
export function sessionRules({ log, another, reopen, topics, group, patience }: LogBench): void {
  /** Others than the session itself may see a commit a moment later. */
  const shows = (client: EventLog, g: string, expected: Record<string, number[]>): Promise<void> =>
    until('the offsets of the group', patience, async () =>
      isDeepStrictEqual(await client.groupOffsets(g, Object.keys(expected)), expected),
    );

  describe('a session', () => {
    it('commits records and offsets together', async () => {
      const [input, output] = await topics('in', 'out');
      const g = group();
      const session = await log().openSession(g, 1, [input!]);
      expect(await session.committed()).toEqual({});
      await session.commit(numbered(output!, 1, 3), { [input!]: 7 });
      expect(await session.committed()).toEqual({ [input!]: 7 });
      await shows(log(), g, { [input!]: [-1, 7] });
      expect(valuesOf(await readAll(log(), output!))).toEqual(['0', '1', '2']);
      await session.close();
    });

    it('moves only the offsets that it is given', async () => {
      const [a, b] = await topics('a', 'b');
      const g = group();
      const session = await log().openSession(g, 0, [a!, b!]);
      await session.commit([], { [a!]: 3, [b!]: 4 });
      await session.commit([], { [a!]: 5 });
      expect(await session.committed()).toEqual({ [a!]: 5, [b!]: 4 });
      await session.close();
    });

    it('commits over and over, to several topics, in order', async () => {
      const [a, x, y] = await topics('a', 'x', 'y');
      const session = await log().openSession(group(), 0, [a!]);
      for (let n = 0; n < 20; n++)
        await session.commit([...numbered(x!, 0, 2, `${n}-`), ...numbered(y!, 1, 1, `${n}-`)], {
          [a!]: n + 1,
        });
      expect(valuesOf(await readAll(log(), x!))).toEqual(
        Array.from({ length: 20 }, (_, n) => [`${n}-0`, `${n}-1`]).flat(),
      );
      expect(valuesOf(await readAll(log(), y!))).toHaveLength(20);
      expect(await session.committed()).toEqual({ [a!]: 20 });
      await session.close();
    });

    it('writes nothing of a commit that holds one record the log will never take', async () => {
      const [a, x] = await topics('a', 'x');
      const g = group();
      const session = await log().openSession(g, 0, [a!]);
      const large = { topic: x!, partition: 0, key: 'k', value: 'x'.repeat(2_000_000) };
      await expect(session.commit([...numbered(x!, 0, 5), large], { [a!]: 1 })).rejects.toMatchObject({
        code: 'rejected',
      });
      await session.close();
      expect(await readAll(log(), x!)).toEqual([]);
      const next = await log().openSession(g, 0, [a!]);
      expect(await next.committed()).toEqual({});
      await next.commit(numbered(x!, 0, 1, 'next-'), { [a!]: 2 });
      expect(valuesOf(await readAll(log(), x!))).toEqual(['next-0']);
      await next.close();
    });

    it('is fenced by a newer one of the same client or another, and writes nothing from then on', async () => {
      const [a, x] = await topics('a', 'x');
      const g = group();
      const first = await log().openSession(g, 0, [a!]);
      await first.commit(numbered(x!, 0, 1, 'first-'), { [a!]: 1 });
      const second = await (await another()).openSession(g, 0, [a!]);
      expect(await second.committed()).toEqual({ [a!]: 1 });
      const fenced = { code: 'fenced', retriable: false };
      await expect(first.commit(numbered(x!, 0, 1, 'late-'), { [a!]: 9 })).rejects.toMatchObject(fenced);
      const third = await log().openSession(g, 0, [a!]);
      await expect(second.commit(numbered(x!, 0, 1, 'late-'), { [a!]: 9 })).rejects.toMatchObject(fenced);
      await third.commit(numbered(x!, 0, 1, 'third-'), { [a!]: 2 });
      expect(valuesOf(await readAll(log(), x!))).toEqual(['first-0', 'third-0']);
      await shows(log(), g, { [a!]: [2, -1] });
      await Promise.all([first, second, third].map((session) => session.close()));
    });

    it('is told that it was overtaken when it asks where the group stands, and asking moves nothing', async () => {
      const [a, b] = await topics('a', 'b');
      const g = group();
      const first = await log().openSession(g, 0, [a!, b!]);
      expect(await first.committed()).toEqual({});
      await first.commit([], { [b!]: 4 });
      for (let n = 0; n < 3; n++) expect(await first.committed()).toEqual({ [b!]: 4 });
      const second = await (await another()).openSession(g, 0, [a!, b!]);
      await expect(first.committed()).rejects.toMatchObject({ code: 'fenced' });
      expect(await second.committed()).toEqual({ [b!]: 4 });
      await second.commit([], { [a!]: 1 });
      await shows(log(), g, { [a!]: [1, -1], [b!]: [4, -1] });
      await Promise.all([first, second].map((session) => session.close()));
    });

    it('fences no other partition and no other group', async () => {
      const [a, x] = await topics('a', 'x');
      const [g, other] = [group(), group()];
      const session = await log().openSession(g, 0, [a!]);
      const beside = [await log().openSession(g, 1, [a!]), await log().openSession(other, 0, [a!])];
      await session.commit(numbered(x!, 0, 1), { [a!]: 1 });
      for (const each of beside) await each.commit([], { [a!]: 2 });
      await shows(log(), g, { [a!]: [1, 2] });
      await shows(log(), other, { [a!]: [2, -1] });
      await Promise.all([session, ...beside].map((each) => each.close()));
    });

    it('leaves its commits for a restart', async () => {
      const [a, x] = await topics('a', 'x');
      const g = group();
      const session = await log().openSession(g, 0, [a!]);
      await session.commit(numbered(x!, 0, 2), { [a!]: 5 });
      const again = await reopen();
      await shows(again, g, { [a!]: [5, -1] });
      expect(valuesOf(await readAll(again, x!))).toEqual(['0', '1']);
      const next = await again.openSession(g, 0, [a!]);
      expect(await next.committed()).toEqual({ [a!]: 5 });
      await next.close();
    });
  });
}
