import { LogError, type CustomerStore, type EventLog, type TaskSession } from '#pipeline';
import { until } from '#testing';
import { DAY, START, random, year } from './support/year.js';
import {
  clockAt,
  endAll,
  engineOn,
  factsOfAll,
  fastClock,
  freshFolder,
  outputs,
  partitions,
  published,
  quiet,
  readAll,
  recordOf,
  replayed,
  transitionsOf,
  type Fact,
} from './support/embedded-engine.js';

async function publish(log: EventLog, facts: readonly Fact[], chunk: number): Promise<void> {
  for (let i = 0; i < facts.length; i += chunk) await log.publish(facts.slice(i, i + chunk).map(recordOf));
}

describe('the pipeline on the embedded log', () => {
  const facts = year(60, 7);
  let clean: string[];

  afterEach(endAll);

  beforeAll(async () => {
    const folder = await freshFolder();
    await publish(folder.log, facts, 500);
    const engine = engineOn(folder);
    await engine.start();
    await quiet(engine);
    await engine.stop();
    clean = await transitionsOf(folder.log);
    expect(clean.length).toBeGreaterThan(100);
    expect(await published(folder.log)).toEqual(await replayed(folder.log));
  });

  it('makes nobody look overdue in a backfill that arrives while it is idle', async () => {
    const folder = await freshFolder();
    const engine = engineOn(folder);
    await engine.start();
    await quiet(engine);
    await publish(folder.log, facts, 50);
    await quiet(engine);
    await engine.stop();
    expect(await transitionsOf(folder.log)).toEqual(clean);
  });

  it('makes nobody look overdue after an outage of two months', async () => {
    const folder = await freshFolder();
    const cut = facts.findIndex((f) => f.at > START + 200 * DAY);
    const back = facts.findIndex((f) => f.at > START + 260 * DAY);
    for (const [part, now] of [
      [facts.slice(0, cut), START + 200 * DAY],
      [facts.slice(cut, back), START + 260 * DAY],
      [facts.slice(back), Date.now()],
    ] as const) {
      await publish(folder.log, part, 500);
      const engine = engineOn(folder, { clock: clockAt(now) });
      await engine.start();
      engine.settle();
      await quiet(engine);
      await engine.stop();
    }
    expect(await transitionsOf(folder.log)).toEqual(clean);
  });

  it.each([1, 2])(
    'publishes each output once and in order through faults at every step (seed %i)',
    async (seed) => {
      const folder = await freshFolder();
      await publish(folder.log, facts, 500);
      const faults = { made: 0, next: random(seed), budget: 40 };
      const engine = engineOn(
        { log: faultyLog(folder.log, faults), store: faultyStore(folder.store, faults) },
        { clock: fastClock(10), limits: { maxRecords: 50 } },
      );
      await engine.start();
      await quiet(engine);
      await engine.stop();
      expect(faults.made).toBeGreaterThan(20);

      const transitions = await outputs(folder.log, 'lifecycle.transitions.v1');
      expect(transitions.map((t) => `${t.subject} ${t.id}`).sort()).toEqual(clean);
      const standing = new Map<string, string>();
      for (const { type, subject, data } of transitions) {
        const key = `${subject} ${type}`;
        expect([key, data.from]).toEqual([key, standing.get(key) ?? data.from]);
        standing.set(key, data.to ?? '');
      }
      const actions = (await outputs(folder.log, 'retention.actions.v1')).map((a) => a.id);
      expect(new Set(actions).size).toBe(actions.length);
      expect(await published(folder.log)).toEqual(await replayed(folder.log));
    },
    120_000,
  );

  it('folds a record of a foreign partition or key at home, and loses none', async () => {
    const folder = await freshFolder();
    const astray = facts.map((fact, i) => ({
      ...recordOf(fact),
      partition: i % partitions,
      key: i % 3 ? fact.subject : 'stranger',
    }));
    await folder.log.publish(astray);
    const engine = engineOn(folder);
    await engine.start();
    await quiet(engine);
    await engine.stop();
    const seen = await factsOfAll(folder.store);
    const home = await freshFolder();
    await publish(home.log, facts, 500);
    const other = engineOn(home);
    await other.start();
    await quiet(other);
    await other.stop();
    expect(seen).toEqual(await factsOfAll(home.store));
    expect(await published(folder.log)).toEqual(await replayed(folder.log));
  });

  it('stops before a storm of bad records, says so, and goes on when a person accepts it', async () => {
    const folder = await freshFolder();
    const storm = facts.slice(0, 600).map((fact) => ({ ...recordOf(fact), value: '{' }));
    await folder.log.publish([...storm, ...facts.slice(0, 600).map(recordOf)]);
    const engine = engineOn(folder);
    await engine.start();
    await until(
      'both partitions stop',
      20_000,
      () => engine.status().tasks.filter((t) => t.state === 'stopped').length === partitions,
    );
    expect(engine.status()).toMatchObject({ ready: false });
    expect(engine.status().tasks[0]?.reason).toMatch(
      /dead letters.*nothing of this batch was applied.*dlq accept/,
    );
    expect(await readAll(folder.log, 'purchase.events.v1.dlq')).toEqual([]);
    const accepted = folder.store.records<{ at: number }>('storms.accepted');
    for (let partition = 0; partition < partitions; partition++)
      await accepted.put(`engines/${partition}`, { at: Date.now() });
    await quiet(engine);
    await engine.stop();
    const letters = ['purchase', 'support', 'engagement'].map((t) =>
      readAll(folder.log, `${t}.events.v1.dlq`),
    );
    expect((await Promise.all(letters)).flat()).toHaveLength(600);
  });

  it('says in a tombstone’s, a stranger’s and a broken record’s dead letter what is wrong, and goes on', async () => {
    const folder = await freshFolder();
    const good: Fact = {
      id: 'good',
      type: 'order.completed.v1',
      subject: 'c1',
      at: START,
      data: { orderId: '1', total: 1, currency: 'EUR', products: [] },
    };
    const bad = (value: string | null) => ({ ...recordOf(good), value });
    const event = (more: object) =>
      JSON.stringify({ ...JSON.parse(String(recordOf(good).value)), id: 'bad', ...more });
    await folder.log.publish([
      bad('{'),
      bad(null),
      bad(event({ subject: undefined })),
      bad(event({ type: 'order.vanished.v1' })),
      bad(event({ type: 'order.completed.v9' })),
      bad(event({ time: '2026-01-01T00:00:00' })),
      bad(event({ time: '1989-12-31T23:59:59Z' })),
      bad(event({ data: { orderId: 1 } })),
      bad(
        event({
          data: { orderId: '1', total: 1, currency: 'EUR', products: [], note: 'x'.repeat(1_000_000) },
        }),
      ),
      recordOf(good),
    ]);
    const engine = engineOn(folder);
    await engine.start();
    await quiet(engine);
    await engine.stop();
    const letters: string[] = [];
    for (const [partition, { start, end }] of (await folder.log.range('purchase.events.v1.dlq')).entries())
      for await (const records of folder.log.read('purchase.events.v1.dlq', partition, start, end))
        letters.push(...records.map((r) => String(r.headers['x-dlq-error-class'])));
    expect(letters.sort()).toEqual(
      [
        'undecodable',
        'tombstone',
        'missingSubject',
        'unknownType',
        'unknownVersion',
        'time',
        'time',
        'schema',
        'tooLarge',
      ].sort(),
    );
    const documents = await folder.store.load(['c1']);
    expect(documents.size).toBe(1);
  });
});

interface Faults {
  made: number;
  budget: number;
  readonly next: () => number;
}

/** Runs the call; now and then fails before it, or after it was applied: its acknowledgement is lost. */
async function risky<T>(faults: Faults, share: number, call: () => Promise<T>): Promise<T> {
  const fails = (when: string) => {
    if (faults.budget <= 0 || faults.next() > share) return;
    faults.budget--;
    faults.made++;
    throw new LogError('indefinite', `made to fail ${when} the call`);
  };
  fails('before');
  const result = await call();
  fails('after');
  return result;
}

function faultyLog(log: EventLog, faults: Faults): EventLog {
  const openSession: EventLog['openSession'] = async (...args) => {
    const session = await risky(faults, 0.05, () => log.openSession(...args));
    const faulty: TaskSession = {
      committed: () => risky(faults, 0.05, () => session.committed()),
      commit: (...commit) => risky(faults, 0.15, () => session.commit(...commit)),
      close: () => session.close(),
    };
    return faulty;
  };
  return proxied(log, { openSession, publish: (records) => risky(faults, 0.05, () => log.publish(records)) });
}

function faultyStore(store: CustomerStore, faults: Faults): CustomerStore {
  return proxied(store, {
    claim: (partition) => risky(faults, 0.05, () => store.claim(partition)),
    writeIntent: (...args) => risky(faults, 0.1, () => store.writeIntent(...args)),
    load: (ids) => risky(faults, 0.05, () => store.load(ids)),
    write: (documents) =>
      risky(faults, 0.05, async () => {
        const half = documents.slice(0, Math.ceil(documents.length * faults.next()));
        const outcomes = new Map(await store.write(half));
        for (const { id } of documents) if (!outcomes.has(id)) outcomes.set(id, 'unknown');
        for (const [id] of outcomes) if (faults.next() < 0.05) outcomes.set(id, 'unknown');
        return outcomes;
      }),
  });
}

const proxied = <T extends object>(target: T, replaced: Partial<T>): T =>
  new Proxy(target, {
    get: (object, name) => {
      const own = replaced[name as keyof T];
      if (own !== undefined) return own;
      const value = Reflect.get(object, name) as unknown;
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
