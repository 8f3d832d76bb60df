import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { consoleConsume, describeWith, freshName, kafka, until } from './index.js';

await describeWith({ kafka }, 'a real Kafka', ({ kafka }) => {
  const client = new Kafka({ brokers: [kafka.address], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  const producer = client.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    transactionalId: freshName('writer'),
    idempotent: true,
    allowAutoTopicCreation: false,
  });
  const topic = freshName('read');

  beforeAll(async () => {
    await admin.connect();
    await producer.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: false });
    await until('the topic is known', 10_000, async () => (await admin.listTopics()).includes(topic));
  });
  afterAll(async () => {
    await producer.disconnect();
    await admin.disconnect();
  });

  it('creates no topic on its own', async () => {
    const missing = freshName('missing');
    const plain = client.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 1 },
    });
    await plain.connect();
    await expect(plain.send({ topic: missing, messages: [{ value: 'x' }] })).rejects.toThrow();
    await plain.disconnect();
    await expect(admin.listTopics()).resolves.not.toContain(missing);
  });

  it('shows the console consumer what is committed, and nothing else', async () => {
    const aborted = await producer.transaction();
    await aborted.send({ topic, messages: [{ key: 'a', value: 'aborted', partition: 0 }] });
    await aborted.abort();
    const committed = await producer.transaction();
    await committed.send({
      topic,
      messages: [
        { key: 'a', value: '{"n": 1}', partition: 0, headers: { traceparent: '00-1', source: 'till' } },
        { key: null, value: null, partition: 1 },
      ],
    });
    await committed.commit();
    const records = await consoleConsume(kafka.address, topic);
    expect([...records].sort((a, b) => a.partition - b.partition)).toEqual([
      {
        partition: 0,
        offset: 2,
        headers: { traceparent: '00-1', source: 'till' },
        key: 'a',
        value: '{"n": 1}',
      },
      { partition: 1, offset: 0, headers: {}, key: null, value: null },
    ]);
  });
});
