import { Kafka, logLevel } from 'kafkajs';
import { inputTopics, outputTopics, topicName } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import type { EventLog } from '#pipeline';
import { describeWith, freshName, kafka, temporaryFolder, until } from '#testing';
import { backlogOf } from './bench/load/load.js';
import { publishLoad } from './bench/load/publish-load.js';
import { outputs } from './support/embedded-engine.js';
import { committedBy } from './support/group-standing.js';
import { perennial, startEngineProcess, type RunningProcess } from './support/processes.js';

const load = { events: 12_000, customers: 1_200, shape: 'even', seed: 9 } as const;
const MINUTE = 60_000;

await describeWith({ kafka }, 'an engine in several threads on one embedded store', (use) => {
  let engine: RunningProcess | undefined;
  let log: EventLog;

  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [use.kafka.address], clientId: 'spec' });
  });
  afterEach(() => engine?.signal('SIGKILL'));
  afterAll(() => log.close());

  it(
    'shares the partitions out, folds each event once through a kill, and replays to the same',
    async () => {
      const prefix = `${freshName('threads')}.`;
      const group = freshName('engines');
      const env = {
        KAFKA_BROKERS: use.kafka.address,
        PERENNIAL_DATA: temporaryFolder('threads'),
        TOPIC_PREFIX: prefix,
        GROUP_ID: group,
      };
      const topics = inputTopics.map((topic) => topicName(prefix, topic));
      const committed = () => committedBy(log, group, topics);
      expect(await perennial(['topics', 'create'], env)).toMatchObject({ code: 0 });
      await publishLoad(log, backlogOf(load, prefix), () => undefined);

      engine = await startEngineProcess({ ...env, ENGINE_THREADS: '3' });
      expect(engine.stderr()).toContain('"threads":3');
      await until('some of it is committed', MINUTE, async () => (await committed()) > 1_000);
      engine.signal('SIGKILL');
      await engine.exited;
      expect(await committed()).toBeLessThan(load.events);

      engine = await startEngineProcess({ ...env, ENGINE_THREADS: '2' });
      const { url } = engine;
      await until('it has caught up', 3 * MINUTE, () => engine?.stderr().includes('"caught up"') === true);
      expect(await committed()).toBeGreaterThanOrEqual(load.events);
      expect(await membersOf(group)).toBe(2);
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('perennial_partitions{state="running"} 8');
      expect(Number(/perennial_events_total (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(0);
      expect(await engine.stop()).toBe(0);

      const verified = await perennial(['replay', '--verify', '--output', 'json'], env);
      expect([verified.code, verified.stderr]).toEqual([0, expect.any(String)]);
      for (const topic of outputTopics) {
        const ids = (await outputs(log, topicName(prefix, topic))).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        if (topic === 'lifecycle.transitions.v1') expect(ids.length).toBeGreaterThan(load.customers);
      }
    },
    8 * MINUTE,
  );

  async function membersOf(group: string): Promise<number | undefined> {
    const admin = new Kafka({ brokers: [use.kafka.address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([group]);
    await admin.disconnect();
    return groups[0]?.members.length;
  }
});
