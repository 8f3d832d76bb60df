import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { LogError, type EventLog } from '#pipeline';
import { describeWith, freshName, kafka, own, until } from '#testing';
import { openKafkaLog } from './index.js';

describe('opening a Kafka log', () => {
  it('fails within seconds and names the brokers when nothing answers', async () => {
    const brokers = ['127.0.0.1:1', '127.0.0.1:2'];
    const began = Date.now();
    await expect(openKafkaLog({ brokers, clientId: 'c' })).rejects.toMatchObject({
      code: 'unreachable',
      retriable: true,
      message: expect.stringContaining('no Kafka broker answers at 127.0.0.1:1, 127.0.0.1:2') as string,
    });
    expect(Date.now() - began).toBeLessThan(7_000);
  });

  describe('where something else listens', () => {
    let server: Server;
    beforeAll(async () => {
      server = createServer(() => undefined);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => server.close());

    it('fails after the time it was given', async () => {
      const brokers = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
      const timing = { connect: 500 };
      await expect(openKafkaLog({ brokers, clientId: 'c', timing })).rejects.toMatchObject({
        code: 'unreachable',
      });
    });
  });
});

await describeWith({ kafka: own(kafka) }, 'an outage of the broker', ({ kafka }) => {
  let log: EventLog;
  let topic: string, group: string;
  let down = false;
  const kill = async () => {
    await kafka.kill();
    down = true;
  };
  const start = async () => {
    if (down) await kafka.start();
    down = false;
  };
  const open = (patience: number) =>
    openKafkaLog({
      brokers: [kafka.address],
      clientId: 'outage-spec',
      timing: { session: 6_000, heartbeat: 200, transaction: 3_000, patience },
    });
  const publish = (value: string) => log.publish([{ topic, partition: 0, key: null, value }]);
  const join = async () => {
    const values: string[] = [];
    const failures: Error[] = [];
    let live = 0;
    const membership = await log.join({
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
    });
    return { membership, values, failures, live: () => live };
  };
  const again = async (work: () => Promise<unknown>) => {
    await until('the broker is back', 60_000, () =>
      work().then(
        () => true,
        (error: unknown) => {
          if (error instanceof LogError && error.retriable) return false;
          throw error;
        },
      ),
    );
  };

  beforeEach(async () => {
    await start();
    [topic, group] = [freshName('topic'), freshName('group')];
  });
  afterEach(() => log.close());

  it('does not end a membership: it is not settled meanwhile, then goes on where it was', async () => {
    log = await open(60_000);
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
    const { membership, values, failures } = await join();
    await publish('before');
    await until('the first', 20_000, () => values.includes('before'));
    expect(membership.settled?.()).toBe(true);
    await kill();
    await until('it is out of reach', 20_000, () => membership.settled?.() === false);
    await start();
    await again(() => publish('after'));
    await until('the rest', 60_000, () => values.includes('after'));
    await until('it is settled again', 60_000, () => membership.settled?.() === true);
    expect(failures).toEqual([]);
  }, 240_000);

  it('leaves a commit indefinite; a new session finds out, and goes on', async () => {
    log = await open(60_000);
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
    const session = await log.openSession(group, 0, [topic]);
    await session.commit([{ topic, partition: 0, key: null, value: 'one' }], { [topic]: 1 });
    await kill();
    await expect(
      session.commit([{ topic, partition: 0, key: null, value: 'lost' }], { [topic]: 2 }),
    ).rejects.toMatchObject({ code: 'indefinite', retriable: true });
    await expect(session.commit([], { [topic]: 3 })).rejects.toMatchObject({ code: 'indefinite' });
    await session.close();
    await start();
    await again(async () => {
      const next = await log.openSession(group, 0, [topic]);
      expect(await next.committed()).toEqual({ [topic]: 1 });
      await next.commit([{ topic, partition: 0, key: null, value: 'two' }], { [topic]: 2 });
      expect(await next.committed()).toEqual({ [topic]: 2 });
      await next.close();
    });
  }, 120_000);

  it('that outlasts patience is reported, once, after the tasks were stopped', async () => {
    log = await open(1_000);
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
    const { failures, live } = await join();
    await kill();
    await until('a report', 60_000, () => failures.length > 0);
    await until('no task', 20_000, () => live() === 0);
    expect(failures).toEqual([expect.objectContaining({ code: 'unreachable' })]);
  }, 120_000);
});
