import { inputTopics } from '#contracts';
import { systemClock } from '#pipeline';
import { until } from '#testing';
import {
  endAll,
  engineOn,
  factsOfAll,
  freshFolder,
  partitions,
  published,
  quiet,
  readAll,
  recordOf,
  replayed,
  type Fact,
} from '../support/embedded-engine.js';
import { profiles, year } from '../support/year.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const everyone = year(20, 13);
const facts = [...profiles(everyone), ...everyone];
const parts = [0, 1, 2].map((n) => facts.filter((_, i) => Math.floor((3 * i) / facts.length) === n));

afterEach(endAll);

/** The system's clock, wrong by what is set. */
function wrongClock(offMs: number) {
  const state = { offMs };
  return {
    ...systemClock,
    now: () => systemClock.now() + state.offMs,
    set: (ms: number) => void (state.offMs = ms),
  };
}

const batchesOf = (engine: ReturnType<typeof engineOn>) =>
  engine.status().tasks.reduce((sum, { batches }) => sum + batches, 0);

/** Publishes the three parts of the year, each when the one before is folded, and sets the clock before each. */
async function folded(offsets: readonly number[]) {
  const folder = await freshFolder();
  const clock = wrongClock(offsets[0] ?? 0);
  const engine = engineOn(folder, { clock });
  await engine.start();
  const watermarks: number[][] = [];
  for (const [n, part] of parts.entries()) {
    clock.set(offsets[n] ?? 0);
    const begun = batchesOf(engine);
    await folder.log.publish(part.map(recordOf));
    await until('it has folded something', MINUTE, () => batchesOf(engine) > begun);
    await quiet(engine);
    watermarks.push(engine.status().tasks.map(({ watermark }) => watermark));
  }
  await engine.stop();
  const letters = await Promise.all(inputTopics.map((topic) => readAll(folder.log, `${topic}.dlq`)));
  return { folder, watermarks, letters: letters.flat(), facts: await factsOfAll(folder.store) };
}

describe('a clock that is two hours wrong', () => {
  let right: Awaited<ReturnType<typeof folded>>['facts'];
  beforeAll(async () => {
    right = (await folded([0, 0, 0])).facts;
    await endAll();
  }, MINUTE);

  it.each([
    ['ahead, then right, then behind', [2 * HOUR, 0, -2 * HOUR]],
    ['behind, then ahead, then right', [-2 * HOUR, 2 * HOUR, 0]],
  ])(
    '%s, loses and sets aside nothing, and a replay gives what was published',
    async (_, offsets) => {
      const { folder, letters, watermarks, facts: known } = await folded(offsets);
      expect(letters).toEqual([]);
      expect(known).toEqual(right);
      expect(await published(folder.log)).toEqual(await replayed(folder.log));
      for (let partition = 0; partition < partitions; partition++) {
        const moments = watermarks.map((all) => all[partition] ?? 0);
        expect(moments).toEqual([...moments].sort((a, b) => a - b));
      }
    },
    2 * MINUTE,
  );

  it(
    'on the machine of who accepts a storm: it is accepted all the same',
    async () => {
      const folder = await freshFolder();
      await folder.log.publish(
        everyone.slice(0, 250).flatMap((fact) => [
          { ...recordOf(fact), value: '{' },
          { ...recordOf(fact), value: '{' },
        ]),
      );
      const engine = engineOn(folder, { clock: wrongClock(2 * HOUR) });
      await engine.start();
      const stopped = () =>
        engine
          .status()
          .tasks.filter(({ state }) => state === 'stopped')
          .map(({ partition }) => partition);
      await until('a partition stops', MINUTE, () => stopped().length > 0);
      const accepted = folder.store.records<{ at: number }>('storms.accepted');
      for (let partition = 0; partition < partitions; partition++)
        await accepted.put(`engines/${partition}`, { at: Date.now() });
      await quiet(engine);
      expect(stopped()).toEqual([]);
    },
    MINUTE,
  );

  it(
    'at an upstream is taken as it is, up to a day ahead; what is beyond is a dead letter',
    async () => {
      const folder = await freshFolder();
      const order = (id: string, at: number): Fact => ({
        ...{ id, type: 'order.completed.v1', subject: 'c1', at },
        data: { orderId: id, total: 1, currency: 'EUR', products: [] },
      });
      const [ahead, far] = [order('ahead', Date.now() + 2 * HOUR), order('far', Date.now() + 25 * HOUR)];
      await folder.log.publish([ahead, far].map(recordOf));
      const engine = engineOn(folder);
      await engine.start();
      await quiet(engine);
      await engine.stop();
      const [letter, ...more] = await readAll(folder.log, 'purchase.events.v1.dlq');
      expect([String(letter?.headers['x-dlq-error-message']), more]).toEqual([
        expect.stringMatching(/more than a day ahead/),
        [],
      ]);
      expect((await factsOfAll(folder.store))['c1']).toMatchObject({ orders: 1 });
    },
    MINUTE,
  );
});
