import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import type { EventLog, LogRecord } from '#pipeline';
import { describeWith, freshName, kafka } from '#testing';
import { openKafkaLog } from './index.js';

await describeWith({ kafka }, 'reading a range of a Kafka topic', ({ kafka }) => {
  let log: EventLog;
  const client = new Kafka({ brokers: [kafka.address], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  const producers: Producer[] = [];
  const writer = async () => {
    const producer = client.producer({
      transactionalId: freshName('writer'),
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    producers.push(producer);
    return producer;
  };
  const freshTopic = async () => {
    const topic = freshName('read');
    await log.createTopics([{ name: topic, partitions: 1, retentionMs: -1 }]);
    return topic;
  };
  const readAll = async (topic: string) => {
    const { start, end } = (await log.range(topic))[0]!;
    const records: LogRecord[] = [];
    for await (const chunk of log.read(topic, 0, start, end)) records.push(...chunk);
    return records.map(({ offset, value }) => `${offset} ${value?.toString()}`);
  };

  beforeAll(async () => {
    await admin.connect();
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'read-spec' });
  });
  afterAll(async () => {
    await Promise.all(producers.map((producer) => producer.disconnect()));
    await admin.disconnect();
    await log.close();
  });

  it('ends although the last offset is a transaction marker', async () => {
    const topic = await freshTopic();
    const transaction = await (await writer()).transaction();
    await transaction.send({ topic, messages: [{ value: 'a' }, { value: 'b' }] });
    await transaction.commit();
    expect((await log.range(topic))[0]).toEqual({ start: 0, end: 3 });
    await expect(readAll(topic)).resolves.toEqual(['0 a', '1 b']);
  });

  // kafkajs 2.2.4's consumer hands out "aborted early" here: the broker lists aborted transactions in the order in
  // which they ended, and kafkajs looks at the first of the list only.
  it('leaves out every aborted record where transactions overlap', async () => {
    const topic = await freshTopic();
    const [one, other] = [await writer(), await writer()];
    const first = await one.transaction();
    await first.send({ topic, messages: [{ value: 'aborted early' }] });
    const second = await other.transaction();
    await second.send({ topic, messages: [{ value: 'aborted within' }] });
    await second.abort();
    await first.send({ topic, messages: [{ value: 'aborted late' }] });
    await first.abort();
    const third = await one.transaction();
    await third.send({ topic, messages: [{ value: 'committed' }] });
    await third.commit();
    await expect(readAll(topic)).resolves.toEqual(['5 committed']);
  });

  it('waits for an open transaction to be decided', async () => {
    const topic = await freshTopic();
    const transaction = await (await writer()).transaction();
    await transaction.send({ topic, messages: [{ value: 'open' }] });
    await log.publish([{ topic, partition: 0, key: null, value: 'after it' }]);
    let done = false;
    const reading = readAll(topic).finally(() => (done = true));
    await log.range(topic);
    expect(done).toBe(false);
    await transaction.commit();
    await expect(reading).resolves.toEqual(['0 open', '1 after it']);
  });

  it('refuses a range whose beginning was deleted', async () => {
    const topic = await freshTopic();
    await log.publish(['a', 'b', 'c'].map((value) => ({ topic, key: null, value })));
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    await expect(readAll(topic)).resolves.toEqual(['2 c']);
    const read = log.read(topic, 0, 0, 3)[Symbol.asyncIterator]();
    await expect(read.next()).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('begins at 2') as string,
    });
  });
});
