import {
  MemoryCluster,
  MemoryDatabase,
  MemoryGroups,
  MemoryLog,
  MemoryStore,
  unhindered,
  type Pace,
} from '#in-memory';
import { encodeEvent, inputTopics, topicSpecs } from '#contracts';
import type { Advance, CustomerState, Lifecycle } from '#lifecycle';
import { until } from '#testing';
import { systemClock } from '../clock.port.js';
import { LogError } from '../event-log.port.js';
import { Engine } from '../engine.js';
import { defaultLimits } from '../task-deps.js';
import { activate } from './activation.js';
import { setBrake } from './control-record.js';

interface Counted extends CustomerState {
  readonly events: number;
}

/** Says with each event under which brakes and by which definition it was judged. */
const toy = (version: number, rules = 1): Lifecycle => ({
  definition: { name: 'toy', version, hash: `toy@${version}` },
  rules,
  factsOf: () => ({}),
  begin: (id) =>
    ({
      id,
      definition: `toy@${version}`,
      stage: 'exploration',
      health: 'well',
      timers: [],
      events: 0,
    }) as Counted,
  advance: (customer, event, _now, brakes): Advance => ({
    customer: { ...customer, events: (customer as Counted).events + 1 } as Counted,
    transitions: [
      {
        id: event.id,
        region: 'stage',
        from: 'a',
        to: 'b',
        at: event.at,
        evidence: { rule: 'r', facts: { brakes: brakes ?? 'none', version }, causes: [] },
      },
    ],
    ...{ actions: [], suppressed: [], records: [], duplicate: false, late: false, cut: [] },
  }),
});

interface Judged {
  readonly data: { readonly facts: { readonly brakes: unknown; readonly version: number } };
}

/** A log and a store in memory, and engines on them. */
class Site {
  readonly cluster = new MemoryCluster();
  readonly fatal: Error[] = [];
  private readonly groups = new MemoryGroups();
  private readonly database = new MemoryDatabase();
  private engines: Engine[] = [];

  constructor() {
    for (const { name, partitions } of topicSpecs('', 1)) this.cluster.create(name, partitions);
  }

  get store() {
    return new MemoryStore(this.database);
  }

  async start({ rules = 1, pace = unhindered }: { rules?: number; pace?: Pace } = {}): Promise<Engine> {
    const log = new MemoryLog(this.cluster, this.groups, pace);
    const engine = new Engine({
      log,
      store: new MemoryStore(this.database, pace),
      clock: systemClock,
      random: () => 0.5,
      group: 'engines',
      partitions: 1,
      topics: inputTopics,
      prefix: '',
      lifecycle: toy(1, rules),
      lifecycleOf: (hash) => {
        if (hash === 'toy@13') return Promise.reject(new Error('toy@13 cannot be run here'));
        return Promise.resolve(toy(Number(hash.slice('toy@'.length)), rules));
      },
      limits: defaultLimits,
      observe: () => undefined,
      onFatal: (error) => void this.fatal.push(error),
    });
    this.engines.push(engine);
    await engine.start();
    return engine;
  }

  async stop(): Promise<void> {
    for (const engine of this.engines.splice(0)) await engine.stop();
  }

  happens(...ids: readonly string[]): void {
    this.cluster.append(
      ids.map((id) => ({
        topic: 'profile.events.v1',
        partition: 0,
        key: id,
        value: encodeEvent({
          ...{ specversion: '1.0', id, source: '/spec', type: 'profile.updated.v1', subject: id, data: {} },
          time: new Date().toISOString(),
        }),
      })),
    );
  }

  judged(): Judged['data']['facts'][] {
    return this.#read('lifecycle.transitions.v1').map((event) => (event as Judged).data.facts);
  }

  /** Resolves when at least so many events were judged in all. */
  untilJudged(n: number): Promise<void> {
    return until(`${n} are judged`, 10_000, () => this.judged().length >= n);
  }

  orders(): { readonly brakes?: unknown; readonly definition: { readonly version: number } }[] {
    return this.#read('lifecycle.order.v1').map(
      (event) => (event as { data: { definition: { version: number } } }).data,
    );
  }

  #read(topic: string): unknown[] {
    return this.cluster.partition(topic, 0).map(({ value }) => JSON.parse(String(value)) as unknown);
  }
}

describe('an engine', () => {
  let site: Site;
  beforeEach(() => {
    site = new Site();
  });
  afterEach(() => site.stop());

  it('goes by other brakes and another definition without a restart', async () => {
    const engine = await site.start();
    site.happens('a');
    await site.untilJudged(1);
    await setBrake(site.store, 'all', 'paused', 'spec', 1);
    await activate(site.store, toy(2).definition, 'spec', 1);
    await until('they are in force', 2_000, () => engine.status().definition === 'toy@2');
    expect(engine.status().brakes).toEqual({ all: 'paused' });
    site.happens('b');
    await until('b is judged', 10_000, () => site.judged().length > 1);
    expect(site.judged()[0]).toEqual({ brakes: 'none', version: 1 });
    expect(site.judged().at(-1)).toEqual({ brakes: { all: 'paused' }, version: 2 });
  });

  it('redoes a batch in doubt under the brakes and the definition of its intent', async () => {
    await setBrake(site.store, 'all', 'paused', 'spec', 1);
    let writes = 0;
    const noCommit: Pace = {
      ...unhindered,
      call: async (name, effect) => {
        if (name === 'session.commit') throw new LogError('indefinite', 'made to fail');
        return effect();
      },
      reaches: () => writes++ % 2 === 0,
    };
    site.happens('a', 'b', 'c', 'd');
    const first = await site.start({ pace: noCommit });
    await until('an intent and half of its customers are written', 10_000, async () => {
      const written = await site.store.load(['a', 'b', 'c', 'd']);
      return written.size >= 2 && first.status().tasks.some(({ state }) => state === 'retrying');
    });
    await site.stop();
    await setBrake(site.store, 'all', 'running', 'spec', 2);
    await activate(site.store, toy(2).definition, 'spec', 2);
    await site.start();
    await site.untilJudged(4);
    site.happens('e');
    await until('e is judged', 10_000, () => site.judged().length > 4);
    expect(site.judged().slice(0, 4)).toEqual(Array(4).fill({ brakes: { all: 'paused' }, version: 1 }));
    expect(site.judged().at(-1)).toEqual({ brakes: 'none', version: 2 });
    const [redone] = site.orders();
    expect(redone).toMatchObject({ brakes: { all: 'paused' }, definition: { version: 1 } });
    expect(site.orders().at(-1)).not.toHaveProperty('brakes');
  });

  it('with older rules than a partition’s last batch stops it and says so', async () => {
    await site.start({ rules: 2 });
    site.happens('a');
    await site.untilJudged(1);
    await site.stop();
    const older = await site.start({ rules: 1 });
    await until('it stops', 10_000, () => older.status().tasks.some(({ state }) => state === 'stopped'));
    expect(older.status().tasks[0]?.reason).toMatch(/rules revision 2, this engine has 1/);
  });

  it('that cannot run the active definition ends and says why', async () => {
    await site.start();
    await activate(site.store, toy(13).definition, 'spec', 1);
    await until('it ends', 5_000, () => site.fatal.length > 0);
    expect(site.fatal[0]?.message).toBe('toy@13 cannot be run here');
  });
});
