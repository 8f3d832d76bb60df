import { Kafka, type Consumer, type ConsumerCrashEvent } from 'kafkajs';
import type { Membership } from '#pipeline';
import { describeWith, freshName, kafka, until } from '#testing';
import { clientConfig } from './client.js';
import { openKafkaLog } from './index.js';
import { joinGroup } from './membership.js';
import { defaultTiming } from './settings.js';
import { Topics } from './topics.js';

const noCoordinator = Object.assign(new Error('Failed to find group coordinator'), {
  name: 'KafkaJSGroupCoordinatorNotFound',
});
const notAllowed = Object.assign(new Error('Not authorized to access group'), {
  name: 'KafkaJSProtocolError',
  type: 'GROUP_AUTHORIZATION_FAILED',
  retriable: false,
});

/** A real client that hands out the consumers of a group, to make them crash as kafkajs does: they end, then say why. */
class CrashingKafka extends Kafka {
  readonly consumers: ((error: Error) => Promise<void>)[] = [];

  constructor(
    address: string,
    private readonly group: string,
  ) {
    super(clientConfig({ brokers: [address], clientId: 'crash-spec' }));
  }

  override consumer(config: Parameters<Kafka['consumer']>[0]): Consumer {
    const consumer = super.consumer(config);
    if (config?.groupId !== this.group) return consumer;
    const listeners: ((event: ConsumerCrashEvent) => void)[] = [];
    const crash = async (error: Error) => {
      await consumer.disconnect();
      const payload = { error, groupId: this.group, restart: false };
      for (const listener of listeners)
        listener({ id: '1', type: consumer.events.CRASH, timestamp: 0, payload });
    };
    this.consumers.push(crash);
    const on = ((event: string, listener: (event: ConsumerCrashEvent) => void) => {
      if (event === consumer.events.CRASH) listeners.push(listener);
      return consumer.on(event as typeof consumer.events.CRASH, listener);
    }) as Consumer['on'];
    return { ...consumer, on };
  }
}

await describeWith({ kafka }, "a crash of kafkajs' consumer", ({ kafka }) => {
  const log = openKafkaLog({ brokers: [kafka.address], clientId: 'crash-spec' });
  let topic: string, group: string;
  let client: CrashingKafka;
  let membership: Membership | undefined;
  let values: string[], failures: Error[];
  let live = 0;

  beforeEach(async () => {
    [topic, group, values, failures] = [freshName('topic'), freshName('group'), [], []];
    client = new CrashingKafka(kafka.address, group);
    await (await log).createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
  });
  afterEach(() => membership?.leave());
  afterAll(async () => (await log).close());

  const publish = async (value: string) => (await log).publish([{ topic, partition: 0, key: null, value }]);
  const handed = (value: string) => until(`${value} is handed over`, 60_000, () => values.includes(value));
  async function join(): Promise<Membership> {
    const admin = client.admin();
    await admin.connect();
    const joined = await joinGroup({
      kafka: client,
      topics: new Topics(admin),
      timing: { ...defaultTiming, session: 2_000, heartbeat: 200, patience: 1_000 },
      join: {
        group,
        topics: [topic],
        open: () => {
          live++;
          return {
            push: async ({ records }) => void values.push(...records.map(({ value }) => String(value))),
            stop: async () => void live--,
          };
        },
        onFailure: (error) => failures.push(error),
      },
    });
    membership = {
      ...joined,
      assigned: () => joined.assigned(),
      settled: () => joined.settled?.() === true,
      leave: async () => {
        await joined.leave();
        await admin.disconnect();
      },
    };
    return membership;
  }

  it('on what passes does not end a membership: it is not settled, then it goes on where it was', async () => {
    const { settled } = await join();
    await publish('before');
    await handed('before');
    expect(settled?.()).toBe(true);
    await client.consumers[0]!(noCoordinator);
    expect(settled?.()).toBe(false);
    await publish('after');
    await handed('after');
    expect(settled?.()).toBe(true);
    expect({ failures, live }).toEqual({ failures: [], live: 1 });
    // A busy machine may crash the one or other as well.
    expect(client.consumers.length).toBeGreaterThanOrEqual(2);
  }, 120_000);

  it('on what only a person can mend is reported at once, with the reason, after the tasks were stopped', async () => {
    await join();
    await client.consumers[0]!(notAllowed);
    await until('a report', 5_000, () => failures.length > 0);
    await until('no task', 5_000, () => live === 0);
    expect(failures).toEqual([
      expect.objectContaining({
        code: 'rejected',
        message: `Kafka: membership in group ${group} failed: Not authorized to access group`,
      }),
    ]);
    expect(client.consumers).toHaveLength(1);
  }, 60_000);

  it('that comes again and again is reported once the time for it is over', async () => {
    const { settled } = await join();
    const began = Date.now();
    for (let n = 0; failures.length === 0; n++) {
      await until('it is a member again', 60_000, () => failures.length > 0 || settled?.() === true);
      await client.consumers[n]?.(noCoordinator);
    }
    expect(failures).toEqual([
      expect.objectContaining({
        code: 'unreachable',
        message: `Kafka: membership in group ${group} failed: Failed to find group coordinator`,
      }),
    ]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(5_000);
    expect(client.consumers.length).toBeGreaterThan(1);
    await until('no task', 5_000, () => live === 0);
  }, 120_000);
});
