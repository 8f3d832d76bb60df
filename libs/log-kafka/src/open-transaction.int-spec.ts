import { Partitioners, Kafka, type Producer } from 'kafkajs';
import type { EventLog, Membership } from '#pipeline';
import { describeWith, freshName, kafka, until } from '#testing';
import { clientConfig } from './client.js';
import { openKafkaLog } from './index.js';

const seconds = 1_000;

await describeWith({ kafka }, 'a transaction that its writer left open', ({ kafka }) => {
  let log: EventLog;
  let topic: string, group: string;
  let membership: Membership | undefined;
  let writer: Producer | undefined;
  let values: string[];
  let seen: { position: number; end: number };

  beforeAll(async () => {
    log = await openKafkaLog({
      brokers: [kafka.address],
      clientId: 'open-transaction-spec',
      timing: { session: 6 * seconds, heartbeat: 200, transaction: 60 * seconds },
    });
  });
  beforeEach(async () => {
    [topic, group, values] = [freshName('topic'), freshName('group'), []];
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
    membership = await log.join({
      group: freshName('readers'),
      topics: [topic],
      open: () => ({
        push: async ({ records, position, end }) => {
          values.push(...records.map(({ value }) => String(value)));
          seen = { position, end };
        },
        stop: async () => undefined,
      }),
      onFailure: (error) => values.push(error.message),
    });
  });
  afterEach(async () => {
    await membership?.leave();
    await writer?.disconnect();
  });
  afterAll(() => log.close());

  /** A record written and not decided, by whoever holds this id; another one published behind it. */
  async function leftOpen(transactionalId: string, transactionTimeout: number): Promise<void> {
    writer = new Kafka(clientConfig({ brokers: [kafka.address], clientId: 'hanging' })).producer({
      ...{ transactionalId, transactionTimeout, idempotent: true, maxInFlightRequests: 1 },
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await writer.connect();
    const transaction = await writer.transaction();
    await transaction.send({ topic, messages: [{ partition: 0, value: 'undecided' }] });
    await log.publish([{ topic, partition: 0, key: null, value: 'behind' }]);
    await until('the broker holds both', 20 * seconds, async () => (await log.range(topic))[0]?.end === 2);
  }

  it("of an earlier owner is ended by the next one's session at once: what was written is never seen, what lies behind is", async () => {
    await leftOpen(`${group}-0`, 60 * seconds);
    const began = Date.now();
    const session = await log.openSession(group, 0, [topic]);
    await until('what lies behind it', 30 * seconds, () => values.length > 0);
    expect(Date.now() - began).toBeLessThan(30 * seconds);
    expect(values).toEqual(['behind']);
    await session.close();
  }, 90_000);

  it("of an upstream holds back what lies behind it, which is no lag, until the broker's time for it is over", async () => {
    await leftOpen(freshName('upstream'), 5 * seconds);
    expect(values).toEqual([]);
    expect(seen).toEqual({ position: 0, end: 0 });
    await until('the broker gives it up', 60 * seconds, () => values.length > 0);
    expect(values).toEqual(['behind']);
    expect(membership?.settled?.()).toBe(true);
  }, 90_000);
});
