import { Kafka, KafkaJSProtocolError } from 'kafkajs';
import Broker from 'kafkajs/src/broker/index.js';
import type { EventLog, OutboundRecord } from '#pipeline';
import { describeWith, freshName, kafka } from '#testing';
import { chunksOf } from './chunks.js';
import { clientConfig } from './client.js';
import { openKafkaLog } from './index.js';
import { TransactionalProducer } from './transactional-producer.js';

const partitions = 3;
const brief = (value: string) => `${value.slice(0, 10)} (${value.length})`;

await describeWith({ kafka }, 'a transactional producer', ({ kafka }) => {
  let log: EventLog;
  let topic: string, other: string, group: string;
  let producer: TransactionalProducer;
  const restore: (() => void)[] = [];

  /** Stands in for a request of kafkajs's brokers until the test is over. */
  function instead(name: string, by: (ask: () => Promise<unknown>) => Promise<unknown>): void {
    const prototype = Broker.prototype as unknown as Record<string, (given: unknown) => Promise<unknown>>;
    const original = prototype[name]!;
    prototype[name] = function (this: unknown, given) {
      return by(() => original.call(this, given));
    };
    restore.push(() => (prototype[name] = original));
  }

  const content = (records: readonly OutboundRecord[], offset?: number) => ({
    chunks: chunksOf(
      records,
      new Map([
        [topic, partitions],
        [other, partitions],
      ]),
    ),
    offsets: offset === undefined ? [] : [{ topic, partitions: [{ partition: 0, offset: String(offset) }] }],
  });
  const record = (value: string, partition: number, to = topic): OutboundRecord => ({
    ...{ topic: to, partition, key: null, value },
  });
  async function committed(of: string, partition: number): Promise<string[]> {
    const values: string[] = [];
    const { end = 0 } = (await log.range(of))[partition] ?? {};
    for await (const records of log.read(of, partition, 0, end))
      values.push(...records.map(({ value }) => String(value)));
    return values;
  }
  const committedOffset = async () => (await log.groupOffsets(group, [topic]))[topic]?.[0];

  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'transactional-producer-spec' });
  });
  beforeEach(async () => {
    [topic, other, group] = [freshName('topic'), freshName('topic'), freshName('group')];
    await log.createTopics([topic, other].map((name) => ({ name, partitions, retentionMs: -1 })));
    producer = await TransactionalProducer.open({
      kafka: new Kafka(clientConfig({ brokers: [kafka.address], clientId: 'transactional-producer-spec' })),
      transactionalId: `${group}-0`,
      group,
      timeout: 60_000,
    });
  });
  afterEach(async () => {
    for (const back of restore.splice(0)) back();
    await producer.close();
  });
  afterAll(() => log.close());

  it('keeps every record, once and in order, through many transactions of many partitions', async () => {
    const expected = new Map<string, string[]>();
    const large = 'x'.repeat(250_000);
    for (let turn = 0; turn < 40; turn++) {
      const records: OutboundRecord[] = [];
      // Every tenth is more than one request takes.
      const size = turn % 10 === 9 ? large : '';
      for (let i = 0; i < 1 + (turn % 7); i++)
        records.push(record(`${turn}.${i}${size}`, (turn + i) % partitions, i % 2 ? topic : other));
      if (turn % 5 === 3) await producer.abort(content(records, 1_000));
      else {
        await producer.commit(content(records, turn));
        for (const { topic: to, partition, value } of records) {
          const key = `${to} ${partition}`;
          expected.set(key, [...(expected.get(key) ?? []), brief(String(value))]);
        }
      }
    }
    for (const each of [topic, other])
      for (let partition = 0; partition < partitions; partition++)
        expect((await committed(each, partition)).map(brief)).toEqual(expected.get(`${each} ${partition}`));
    expect(await committedOffset()).toBe(39);
  }, 60_000);

  it('asks who coordinates once, not for every request', async () => {
    let asked = 0;
    instead('findGroupCoordinator', (ask) => {
      asked++;
      return ask();
    });
    for (let turn = 0; turn < 5; turn++) await producer.commit(content([record(`${turn}`, 0)], turn));
    // The group's; that of transactions it knows since it was opened.
    expect(asked).toBe(1);
  });

  it('sends again what a leader refused, which a broker that had it already does not append twice', async () => {
    let refused = 0;
    instead('produce', async (ask) => {
      const answer = await ask();
      if (refused++ > 1) return answer;
      const type = 'NOT_LEADER_FOR_PARTITION';
      throw new KafkaJSProtocolError(Object.assign(new Error(type), { type, retriable: true, code: 6 }));
    });
    await producer.commit(content([record('one', 0), record('two', 1)], 1));
    await producer.commit(content([record('three', 0)], 2));
    expect(refused).toBe(4);
    expect([await committed(topic, 0), await committed(topic, 1)]).toEqual([['one', 'three'], ['two']]);
  });

  it('decides nothing while a request is still under way, also where another one failed', async () => {
    const order: string[] = [];
    instead('txnOffsetCommit', () => Promise.reject(new Error('refused')));
    instead('produce', async (ask) => {
      const answer = await ask();
      order.push('produced');
      return answer;
    });
    instead('endTxn', (ask) => {
      order.push('ended');
      return ask();
    });
    await expect(producer.commit(content([record('lost', 0)], 1))).rejects.toThrow('refused');
    await producer.close();
    expect(order).toEqual(['produced', 'ended']);
    // Were it still open, nobody could read on.
    await log.publish([record('after', 0)]);
    expect(await committed(topic, 0)).toEqual(['after']);
  });
});
