import { join } from 'node:path';
import { Kafka, logLevel, type Admin } from 'kafkajs';
import { inputTopics, orderTopic, topicName } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import { describeWith, freshName, kafka, temporaryFolder, until } from '#testing';
import { perennial, startEngineProcess, type Environment } from '../support/processes.js';

const MINUTE = 60_000;
const day = 86_400_000;
const start = Date.now() - 300 * day;

/** Purchases of eight customers, as lines for `perennial publish`. */
const purchases = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const event = {
      ...{ specversion: '1.0', id: `o-${n}`, source: '/test', type: 'order.completed.v1' },
      ...{ subject: `customer-${n % 8}`, time: new Date(start + n * day).toISOString() },
      data: { orderId: `o-${n}`, total: 20, currency: 'USD', products: [] },
    };
    return `${JSON.stringify(event)}\n`;
  }).join('');

interface Told {
  readonly check: string;
  readonly state: string;
  readonly detail: string;
}

await describeWith({ kafka }, 'an analyst on Kafka', (use) => {
  const prefix = `${freshName('analyst')}.`;
  const topics = [...inputTopics, orderTopic].map((name) => topicName(prefix, name));
  const env: Environment = {
    ...{ TOPIC_PREFIX: prefix, GROUP_ID: freshName('engines'), PARTITIONS: '2' },
    ...{ PERENNIAL_DATA: join(temporaryFolder('analyst'), 'data') },
  };
  const settings = () => ({ ...env, KAFKA_BROKERS: use.kafka.address });
  let admin: Admin;
  beforeAll(async () => {
    admin = new Kafka({ brokers: [use.kafka.address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterAll(() => admin.disconnect());

  /** An engine folds these, and ends. */
  async function folded(lines: string): Promise<void> {
    expect(await perennial(['publish', '-'], settings(), lines)).toMatchObject({ code: 0 });
    const engine = await startEngineProcess(settings());
    const log = await openKafkaLog({ brokers: [use.kafka.address], clientId: 'test' });
    try {
      await until('everything is committed', MINUTE, async () => {
        const offsets = await log.groupOffsets(env['GROUP_ID'] ?? '', topics.slice(0, 1));
        const ends = await log.range(topics[0] ?? '');
        return ends.every(({ end }, i) => Math.max(0, offsets[topics[0] ?? '']?.[i] ?? 0) === end);
      });
    } finally {
      expect(await engine.stop()).toBe(0);
      await log.close();
    }
  }

  /** As retention does: deletes everything that is there. */
  async function cut(): Promise<void> {
    for (const topic of topics) {
      const ends = await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({
        topic,
        partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
      });
    }
  }

  const retention = async (): Promise<Told | undefined> => {
    const { stdout } = await perennial(['doctor', '--output', 'json'], settings());
    return (JSON.parse(stdout) as Told[]).find(({ check }) => check === 'retention');
  };

  it(
    'verifies what happened, and from a snapshot where the beginning was cut; cut without one is refused',
    async () => {
      const saved = join(temporaryFolder('saved'), 'snapshot');
      const created = await perennial(['topics', 'create'], settings());
      expect([created.code, created.stderr]).toEqual([0, expect.any(String)]);
      await folded(purchases(0, 120));
      const whole = await perennial(['replay', '--verify'], settings());
      expect([whole.code, whole.stderr]).toEqual([0, expect.stringContaining('Verified: all')]);

      const taken = await perennial(['snapshot', saved], settings());
      expect([taken.code, taken.stderr]).toEqual([0, expect.any(String)]);
      await cut();
      await folded(purchases(120, 240));

      const without = await perennial(['replay', '--verify'], settings());
      expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('--from-snapshot')]);
      const since = await perennial(
        ['replay', '--verify', '--from-snapshot', saved, '--output', 'json'],
        settings(),
      );
      expect([since.code, since.stderr]).toEqual([0, expect.stringContaining('Verified: all')]);
      expect(JSON.parse(since.stdout)).toMatchObject({ events: 120, customers: 8, differing: 0 });
    },
    2 * MINUTE,
  );

  it(
    'is told by doctor where inputs and order are not kept equally long',
    async () => {
      expect(await retention()).toMatchObject({ state: 'ok' });
      const name = topicName(prefix, 'support.events.v1');
      const configEntries = [{ name: 'retention.ms', value: String(2 * day) }];
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name, configEntries }] });
      await until('doctor says so', MINUTE, async () => (await retention())?.state === 'note');
      expect((await retention())?.detail).toContain(`${name}: 2 days`);
    },
    2 * MINUTE,
  );
});
