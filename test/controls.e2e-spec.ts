import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledDefinition } from '#lifecycle';
import { readControls, type EventLog } from '#pipeline';
import { temporaryFolder, until } from '#testing';
import { outputs, readAll, recordOf, type Fact, type Output } from './support/embedded-engine.js';
import { atRest, Installation, type Running } from './support/running-engine.js';
import { DAY, START, year } from './support/year.js';

/** The bundled definition under this version, with nobody in a control group, at any hour, and these programmes alone. */
const retail = (version: number, programmes: readonly string[], change = (text: string) => text) => {
  const [rules = ''] = bundledDefinition()
    .replace('version: 1', `version: ${version}`)
    .split(/^programmes:$/m);
  return change(`${rules}programmes: { ${programmes.map((name) => `${name}: {}`).join(', ')} }
contactPolicy: { control: { each: 0, all: 0 }, quietHours: { from: '00:00', to: '00:00' } }
`);
};

interface Order {
  readonly now: string;
  readonly brakes?: Readonly<Record<string, string>>;
  readonly definition: { readonly version: number };
}
/** The order records, of one partition or of all. */
const ordersOf = async (log: EventLog, partition?: number) =>
  (await readAll(log, 'lifecycle.order.v1'))
    .filter((record) => partition === undefined || record.partition === partition)
    .map(({ value }) => (JSON.parse(String(value)) as { data: Order }).data);

const buys = (subject: string, at: number): Fact => ({
  id: `order-${subject}-${at}`,
  type: 'order.completed.v1',
  subject,
  at,
  data: { orderId: `o-${subject}-${at}`, total: 20, currency: 'USD', products: [] },
});
const optsIn = (subject: string, at: number): Fact => ({
  id: `consent-${subject}`,
  type: 'consent.changed.v1',
  subject,
  at,
  data: { channel: 'email', purpose: 'marketing', granted: true },
});
const named = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}-${i}`);

describe('operators’ controls', () => {
  let installation: Installation;
  let running: Running | undefined;
  beforeEach(() => {
    installation = new Installation(temporaryFolder('controls'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  const file = async (name: string, text: string) => {
    const path = join(installation.folder, name);
    await writeFile(path, text);
    return path;
  };
  const start = async (settings: Record<string, string> = {}, limits = {}): Promise<Running> =>
    (running = await installation.start(settings, limits));
  const happens = async ({ backends }: Running, ...facts: readonly Fact[]) => {
    await backends.log.publish(facts.map(recordOf));
  };
  const actions = async ({ backends }: Running) => outputs(backends.log, 'retention.actions.v1');
  const transitions = async ({ backends }: Running) => outputs(backends.log, 'lifecycle.transitions.v1');
  const verified = () =>
    expect(installation.perennial('replay', '--verify')).resolves.toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Verified: all [\d,]+ outputs/m) as string,
    });

  describe('a brake', () => {
    const outcomes = (found: readonly Output[], subjects: readonly string[]) =>
      new Set(
        found
          .filter(({ subject }) => subjects.includes(subject))
          .map(({ type, data }) => (type === 'action.suppressed.v1' ? data.reason : 'requested')),
      );
    /** Everyone's first purchase is thanked for. */
    const definition = () => file('retail.yaml', retail(1, ['follow-up']));

    it('is in force within a second, recorded with each batch, and repeated by a replay', async () => {
      const engine = await start({ DEFINITION: await definition() });
      const first = named('before', 5);
      const paused = named('paused', 5);
      const shadowed = named('shadowed', 5);
      const after = named('after', 5);
      const thanked = (subjects: readonly string[]) =>
        until('each is decided on', 20_000, async () => {
          const found = new Set((await actions(engine)).map(({ subject }) => subject));
          return subjects.every((subject) => found.has(subject));
        });
      const buying = async (subjects: readonly string[]) => {
        await happens(engine, ...subjects.map((subject) => buys(subject, Date.now())));
        await thanked(subjects);
      };
      /** What `/health/ready` shows is what the next batch goes by. */
      const inForce = async (brakes: object) => {
        const asked = performance.now();
        await until('it is in force', 5_000, () => {
          return JSON.stringify(engine.engine.status().brakes) === JSON.stringify(brakes);
        });
        expect(performance.now() - asked).toBeLessThan(1_000);
      };
      await buying(first);
      expect(await installation.perennial('pause', 'follow-up')).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('Brakes in force: follow-up: paused.') as string,
      });
      await inForce({ 'follow-up': 'paused' });
      await buying(paused);
      await installation.perennial('resume', 'follow-up');
      await installation.perennial('shadow', 'all');
      await inForce({ all: 'shadow' });
      await buying(shadowed);
      const doctor = await installation.perennial('doctor', '--output', 'json');
      expect(JSON.parse(doctor.stdout)).toContainEqual({
        check: 'brakes',
        state: 'note',
        detail: 'all: shadow',
      });
      expect((await installation.perennial('resume', 'all')).stderr).toContain('Brakes in force: none.');
      await inForce({});
      await buying(after);

      const found = await actions(engine);
      expect([first, paused, shadowed, after].map((subjects) => [...outcomes(found, subjects)])).toEqual([
        ['requested'],
        ['paused'],
        ['shadow'],
        ['requested'],
      ]);
      const brakes = (await ordersOf(engine.backends.log)).map((order) => JSON.stringify(order.brakes));
      expect(new Set(brakes)).toEqual(new Set([undefined, '{"follow-up":"paused"}', '{"all":"shadow"}']));
      await verified();
    });

    it('does not wait behind a backlog', async () => {
      await installation.perennial('topics', 'list');
      const facts = year(60, 11);
      const engine = await start({}, { maxRecords: 20, backfillGraceMs: 60_000 });
      await happens(engine, ...facts);
      const { log } = engine.backends;
      await until('it is at work', 20_000, async () => (await ordersOf(log)).length > 5);
      await installation.perennial('pause', 'all');
      const asked = Date.now();
      await until('a second has gone by at work', 30_000, async () => {
        const { now } = (await ordersOf(log)).at(-1)!;
        return (
          Date.parse(now) > asked + 1_000 || engine.engine.status().tasks.every((task) => task.lag === 0)
        );
      });
      const orders = await ordersOf(log);
      expect(orders.some(({ brakes }) => brakes === undefined)).toBe(true);
      expect(orders.some(({ brakes }) => brakes?.['all'] === 'paused')).toBe(true);
      const late = orders.filter(({ now }) => Date.parse(now) > asked + 1_000);
      expect(late.every(({ brakes }) => brakes?.['all'] === 'paused')).toBe(true);
    });

    it('of a programme that is not on is refused with those that are', async () => {
      await installation.perennial('topics', 'list');
      const { code, stderr } = await installation.perennial('pause', 'winback');
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/has no programme 'winback' on; allowed: all, .*win-back/),
      ]);
    });
  });

  describe('an activated definition', () => {
    const facts = year(40, 5);
    const cut = facts.findIndex((fact) => fact.at > START + 250 * DAY);
    const second = () =>
      file(
        'two.yaml',
        `${retail(2, ['follow-up', 'quality'], (text) => text.replace('zone: America/New_York', 'zone: Europe/Vienna').replace('overdueFloor: 21', 'overdueFloor: 30'))}\nmigration: { stages: { awareness: exploration } }\n`,
      );

    it('takes every customer over once, the silent too, while engines run, and a replay gives the same', async () => {
      const one = await file('one.yaml', retail(1, ['follow-up', 'win-back']));
      const engine = await start({ DEFINITION: one });
      await happens(engine, ...facts.slice(0, cut));
      await atRest(engine);
      const known = new Set<string>();
      for await (const { id, state } of engine.backends.store.scan()) {
        known.add(id);
        expect(state.definition).toBe('retail@1');
      }
      expect(await installation.perennial('definition', 'activate', await second())).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/retail@2 is active[\s\S]*40 customers told\./) as string,
      });
      await atRest(engine);
      for await (const { state } of engine.backends.store.scan()) expect(state.definition).toBe('retail@2');
      await happens(engine, ...facts.slice(cut), buys('newcomer', START + 300 * DAY));
      await atRest(engine);

      const all = await transitions(engine);
      const changes = all.filter(({ type }) => type === 'definition.changed.v1');
      expect(changes.map(({ subject }) => subject).sort()).toEqual([...known].sort());
      expect(changes).toContainEqual(
        expect.objectContaining({
          data: expect.objectContaining({
            from: 'retail@1',
            to: 'retail@2',
            stageFrom: 'awareness',
            stageTo: 'exploration',
          }) as object,
        }),
      );
      // Of each customer the stage is told without a gap, by either kind of event.
      const standing = new Map<string, unknown>();
      for (const { subject, type, data } of all as (Output & { data: Record<string, string> })[]) {
        if (type === 'health.changed.v1') continue;
        const [from, to] =
          type === 'stage.changed.v1' ? [data['from'], data['to']] : [data['stageFrom'], data['stageTo']];
        expect([subject, from]).toEqual([subject, standing.get(subject) ?? from]);
        standing.set(subject, to);
      }
      const versions = (await ordersOf(engine.backends.log)).map(({ definition }) => definition.version);
      expect(new Set(versions)).toEqual(new Set([1, 2]));
      expect((await readControls(engine.backends.store)).fanOuts).toEqual([]);
      await verified();

      await engine.stop();
      const again = await start({ DEFINITION: one });
      expect(again.engine.status().definition).toBe('retail@2');
    });

    it('takes over customers whose events wait in a backlog, each with the next of them', async () => {
      await installation.perennial('topics', 'list');
      const engine = await start(
        { DEFINITION: await file('one.yaml', retail(1, ['follow-up', 'win-back'])) },
        { maxRecords: 20 },
      );
      await happens(engine, ...facts);
      const { log, store } = engine.backends;
      await until('it is at work', 20_000, async () => (await ordersOf(log)).length > 10);
      await installation.perennial('definition', 'activate', await second());
      await atRest(engine);
      for await (const { state } of store.scan()) expect(state.definition).toBe('retail@2');
      const changes = (await transitions(engine)).filter(({ type }) => type === 'definition.changed.v1');
      expect(new Set(changes.map(({ subject }) => subject)).size).toBe(changes.length);
      for (let partition = 0; partition < 2; partition++) {
        const versions = (await ordersOf(log, partition)).map(({ definition }) => definition.version);
        expect(versions).toEqual([...versions].sort());
        expect(new Set(versions)).toEqual(new Set([1, 2]));
      }
      await verified();
    });

    it('is refused where it does not go forward, or has other content under a known version', async () => {
      await installation.perennial('topics', 'list');
      expect((await installation.perennial('definition', 'activate', await second())).code).toBe(0);
      const refused = async (text: string) => {
        const { code, stderr } = await installation.perennial(
          'definition',
          'activate',
          await file('x.yaml', text),
        );
        return [code, stderr];
      };
      expect(await refused(retail(1, []))).toEqual([
        1,
        expect.stringMatching(/retail@1 cannot become active: retail@2 was.*give it version 3/),
      ]);
      expect(await refused(retail(2, []))).toEqual([
        1,
        expect.stringMatching(/retail@2 is registered with other content/),
      ]);
      expect(await refused('name: retail')).toEqual([
        1,
        expect.stringMatching(/version: nothing is no version/),
      ]);
      expect(await installation.perennial('definition', 'activate', await second())).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('retail@2 is active already') as string,
      });
    });
  });

  describe('an announcement', () => {
    const announcement = (more: object = {}) =>
      JSON.stringify({
        kind: 'sale',
        template: 'announcements.spring',
        announcementId: 'spring',
        validUntil: new Date(Date.now() + 30 * DAY).toISOString(),
        ...more,
      });
    const startTelling = async (customers: number) => {
      const engine = await start({ DEFINITION: await file('news.yaml', retail(1, ['announcements'])) });
      const subjects = named('c', customers);
      await happens(
        engine,
        ...subjects.flatMap((subject) => [
          optsIn(subject, Date.now() - DAY),
          buys(subject, Date.now() - DAY),
        ]),
      );
      await atRest(engine);
      return { engine, subjects };
    };
    const heard = async ({ backends }: Running) =>
      (await readAll(backends.log, 'lifecycle.inbox.v1'))
        .map(({ value }) => JSON.parse(String(value)) as Output)
        .filter(({ type }) => type === 'announcement.published.v1')
        .map(({ subject }) => subject);
    const announce = async (text: string) =>
      installation.perennial('announce', await file('announcement.json', text));
    /** Pending ones are not published, so what counts is the customers' own state. */
    const waiting = async ({ backends }: Running) => {
      const found: string[] = [];
      for await (const { id, state } of backends.store.scan())
        if (JSON.stringify(state).includes('announcements.spring')) found.push(id);
      const asked = (await outputs(backends.log, 'retention.actions.v1')).map(({ subject }) => subject);
      return new Set([...found, ...asked]);
    };

    it('reaches every known customer once, says so, and nobody who comes later', async () => {
      const { engine, subjects } = await startTelling(25);
      const { code, stdout, stderr } = await announce(announcement());
      expect([code, stdout, stderr]).toEqual([
        0,
        'spring\n',
        expect.stringMatching(/Published to 25 customers\.[\s\S]*25 customers told\./),
      ]);
      await atRest(engine);
      await happens(engine, optsIn('late', Date.now()), buys('late', Date.now()));
      await atRest(engine);
      expect((await heard(engine)).sort()).toEqual([...subjects].sort());
      expect(await waiting(engine)).toEqual(new Set(subjects));
      await verified();
      expect(await announce(announcement())).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/'spring' was published at .*another announcementId/) as string,
      });
    });

    it('that comes twice, after a crash between telling and noting it, is heard once', async () => {
      const { engine, subjects } = await startTelling(10);
      await announce(announcement());
      await atRest(engine);
      const before = await actions(engine);
      const { backends } = engine;
      const told = (await readAll(backends.log, 'lifecycle.inbox.v1')).filter(({ value }) =>
        value?.includes('announcement'),
      );
      await backends.log.publish(
        told.map(({ topic, partition, key, value, headers }) => ({ topic, partition, key, value, headers })),
      );
      await atRest(engine);
      expect(await heard(engine)).toHaveLength(2 * subjects.length);
      expect(await actions(engine)).toEqual(before);
      await verified();
    });

    it('with a budget reaches exactly that many, drawn by lot', async () => {
      const { engine } = await startTelling(30);
      expect((await announce(announcement({ budget: 7 }))).stderr).toMatch(
        /Published to 7 customers of 30, drawn by lot/,
      );
      await atRest(engine);
      expect(new Set(await heard(engine)).size).toBe(7);
    });

    it('that is wrong is refused with everything that is, and what is allowed there', async () => {
      await startTelling(1);
      const wrong = announcement({
        kind: 'party',
        segment: { stages: ['loved'] },
        budget: 0,
        more: 1,
        validUntil: 'soon',
      });
      const { code, stderr } = await announce(wrong);
      expect(code).toBe(1);
      for (const problem of [
        /kind must be one of sale, launch, benefits, news/,
        /segment\.stages\[0\] must be one of exploration/,
        /budget must be at least 1/,
        /more is not known here/,
        /validUntil must be a time with its zone/,
      ])
        expect(stderr).toMatch(problem);
      expect((await announce(announcement({ validUntil: '2020-01-01T00:00:00Z' }))).stderr).toContain(
        'validUntil must be in the future',
      );
    });

    it('is refused where nobody would hear it', async () => {
      const engine = await start({ DEFINITION: await file('quiet.yaml', retail(1, ['follow-up'])) });
      await atRest(engine);
      expect(await announce(announcement())).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/does not have the programme 'announcements' on/) as string,
      });
    });
  });
});
