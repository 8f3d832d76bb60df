import { readFileSync, writeFileSync } from 'node:fs';
import { Kafka, logLevel, Partitioners, type TopicMessages } from 'kafkajs';

export interface PlainSettings {
  readonly brokers: string;
  /** A line for each record: topic, key and value as a JSON array. */
  readonly file: string;
  /** File for how many seconds it took. */
  readonly into: string;
}

const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const perSend = 1_000;

/** Sends the records with kafkajs' `sendBatch`, a thousand at a time, and says how many seconds that took. */
const { brokers, file, into } = JSON.parse(process.argv[2] ?? '{}') as PlainSettings;
const records = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as [string, string, string])
  .map(([topic, key, value]) => ({ topic, key, value: Buffer.from(value) }));
const kafka = new Kafka({ clientId: 'plain', brokers: brokers.split(','), logLevel: logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
const begun = performance.now();
for (let from = 0; from < records.length; from += perSend) {
  const byTopic = new Map<string, TopicMessages>();
  for (const { topic, key, value } of records.slice(from, from + perSend)) {
    const of = byTopic.get(topic) ?? { topic, messages: [] };
    byTopic.set(topic, of);
    of.messages.push({ key, value, headers });
  }
  await producer.sendBatch({ topicMessages: [...byTopic.values()] });
}
writeFileSync(into, String((performance.now() - begun) / 1_000));
await producer.disconnect();
