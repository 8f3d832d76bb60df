import { inputTopics } from '#contracts';
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
import { profiles, random, year } from '../support/year.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const others = year(20, 8);
const byTime = (a: Fact, b: Fact) => a.at - b.at;

afterEach(endAll);

/** One customer's events within the last hour, mostly visits, with everything else among them. */
function busyHour(events: number): Fact[] {
  const began = Date.now() - HOUR;
  const next = random(4);
  return Array.from({ length: events }, (_, n) => {
    const about = { id: `busy-${n}`, subject: 'busy', at: Math.round(began + (n * HOUR) / events) };
    const order = { orderId: `order-${n}`, total: 9, currency: 'EUR', products: [] };
    const kind = next();
    if (kind < 0.05) return { ...about, type: 'order.completed.v1', data: order };
    if (kind < 0.1) return { ...about, type: 'case.opened.v1', data: { caseId: `case-${n}`, cause: `${n}` } };
    if (kind < 0.15) return { ...about, type: 'survey.answered.v1', data: { survey: 'nps', score: n % 11 } };
    return { ...about, type: 'page.visited.v1', data: { page: `/${n}`, category: `category ${n}` } };
  });
}

describe('a customer who does 100,000 things in an hour', () => {
  it(
    'is folded whole, with a small document, and holds nobody else up',
    async () => {
      const folder = await freshFolder();
      const busy = busyHour(100_000);
      const calm = await freshFolder();
      await calm.log.publish([...profiles(others), ...others].map(recordOf));
      const all = [...profiles(others), ...others, ...busy].sort(byTime);
      for (let i = 0; i < all.length; i += 5_000)
        await folder.log.publish(all.slice(i, i + 5_000).map(recordOf));

      const engines = [engineOn(calm), engineOn(folder)];
      for (const engine of engines) await engine.start();
      for (const engine of engines) await until('all is folded', 4 * MINUTE, () => allQuiet(engine));
      for (const engine of engines) await engine.stop();

      const { busy: facts, ...rest } = await factsOfAll(folder.store);
      const of = (type: string) => busy.filter((fact) => fact.type === type).length;
      expect(facts).toMatchObject({
        visits: of('page.visited.v1'),
        casesOpened: of('case.opened.v1'),
      });
      const document = (await folder.store.load(['busy'])).get('busy');
      expect(JSON.stringify(document?.state).length).toBeLessThan(256 << 10);
      expect(rest).toEqual(await factsOfAll(calm.store));
      for (const topic of inputTopics) expect(await readAll(folder.log, `${topic}.dlq`)).toEqual([]);
    },
    6 * MINUTE,
  );

  it(
    'gets an outbox that every store takes: the batch is cut, and nothing changes but that',
    async () => {
      const folder = await freshFolder();
      const { log, store } = folder;
      let largest = 0;
      const watched = new Proxy(store, {
        get: (target, name) => {
          if (name === 'write')
            return (documents: Parameters<typeof store.write>[0]) => {
              for (const { outputs } of documents)
                largest = Math.max(
                  largest,
                  outputs.reduce((sum, { value }) => sum + (value?.length ?? 0), 0),
                );
              return target.write(documents);
            };
          const value = Reflect.get(target, name) as unknown;
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
      await log.publish(busyHour(3_000).map(recordOf));
      const limits = { maxOutboxBytes: 64 << 10 };
      const engine = engineOn({ log, store: watched }, { limits });
      await engine.start();
      await quiet(engine);
      await engine.stop();
      expect(largest).toBeGreaterThan(32 << 10);
      expect(largest).toBeLessThanOrEqual(limits.maxOutboxBytes);
      expect(await published(log)).toEqual(await replayed(log));
    },
    3 * MINUTE,
  );
});

describe('a poison storm of one bad record in two', () => {
  it(
    'stops every partition and says why, after at most 200 dead letters of each, and a restart does not get past it',
    async () => {
      const folder = await freshFolder();
      const facts = [...profiles(others), ...others].sort(byTime);
      const storm = facts.flatMap((fact) => [recordOf(fact), { ...recordOf(fact), value: '{' }]);
      const letters = async () => {
        const all = await Promise.all(inputTopics.map((topic) => readAll(folder.log, `${topic}.dlq`)));
        return all.flat().length;
      };
      const keepComing = async () => {
        for (let i = 0; i < storm.length; i += 100) await folder.log.publish(storm.slice(i, i + 100));
      };
      for (const start of [1, 2]) {
        const engine = engineOn(folder);
        await engine.start();
        // A little at a time, as from an upstream that nobody has stopped.
        await keepComing();
        await until('every partition stops', MINUTE, () => {
          const { tasks } = engine.status();
          return tasks.length === partitions && tasks.every(({ state }) => state === 'stopped');
        });
        expect([start, engine.status().ready]).toEqual([start, false]);
        for (const { reason } of engine.status().tasks) expect(reason).toMatch(/dead letters.*dlq accept/);
        const before = await letters();
        expect(before).toBeLessThanOrEqual(200 * partitions * start);
        await keepComing();
        expect(await letters()).toBe(before);
        await engine.stop();
      }
    },
    3 * MINUTE,
  );
});

function allQuiet(engine: ReturnType<typeof engineOn>): boolean {
  const { tasks } = engine.status();
  return tasks.length > 0 && tasks.every((task) => task.quiet);
}
