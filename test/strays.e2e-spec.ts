import { crc32 } from 'node:zlib';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicSpecs } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import type { EventLog, OutboundRecord, PartitionTask } from '#pipeline';
import { openEmbeddedStore } from '#store-embedded';
import { describeWith, freshName, kafka } from '#testing';
import { endAll, engineOn, factsOfAll, quiet, recordOf, transitionsOf } from './support/embedded-engine.js';
import { profiles, year } from './support/year.js';

const PARTITIONS = 8;
const facts = year(60, 11);
const people = profiles(facts);

await describeWith({ kafka }, 'a backfill on Kafka with strays and a slow topic', (use) => {
  afterEach(endAll);

  it('gives the same facts and transitions as one in good order, and loses nothing', async () => {
    const clean = await run(
      (log) => log,
      (record) => record,
    );
    // kcat's default partitioner (librdkafka's "consistent") takes CRC-32 of the key.
    const astray = (record: OutboundRecord) => ({
      ...record,
      partition: crc32(String(record.key)) % PARTITIONS,
    });
    const slow = await run((log, prefix) => throttled(log, `${prefix}purchase.events.v1`), astray);

    expect(clean.transitions.length).toBeGreaterThan(100);
    expect(slow.rerouted).toBeGreaterThan(people.length / 2);
    expect(slow.facts).toEqual(clean.facts);
    expect(slow.transitions).toEqual(clean.transitions);
  }, 240_000);

  /** Publishes the year and, by `place`, the people; then runs an engine over `through` until it is quiet. */
  async function run(
    through: (log: EventLog, prefix: string) => EventLog,
    place: (record: OutboundRecord) => OutboundRecord,
  ) {
    const prefix = `${freshName('strays')}.`;
    const log = await openKafkaLog({ brokers: [use.kafka.address], clientId: 'strays' });
    const path = await mkdtemp(join(tmpdir(), 'perennial-strays-'));
    const store = await openEmbeddedStore({ path });
    try {
      await log.createTopics(topicSpecs(prefix, PARTITIONS));
      const named = (record: OutboundRecord) => ({ ...record, topic: `${prefix}${record.topic}` });
      await log.publish([...people.map(recordOf).map(place), ...facts.map(recordOf)].map(named));
      const engine = engineOn({ log: through(log, prefix), store }, { prefix, partitions: PARTITIONS });
      await engine.start();
      await quiet(engine);
      await engine.stop();
      const inbox = await log.range(`${prefix}lifecycle.inbox.v1`);
      return {
        facts: await factsOfAll(store),
        transitions: await transitionsOf(log, prefix),
        rerouted: inbox.reduce((sum, { end }) => sum + end, 0),
      };
    } finally {
      await endAll();
      await log.close();
      await store.close();
      await rm(path, { recursive: true });
    }
  }
});

/** Hands this topic's records on in twentieths, each only after the task had time to take the one before. */
function throttled(log: EventLog, topic: string): EventLog {
  const join: EventLog['join'] = (options) =>
    log.join({
      ...options,
      open: (partition) => {
        const task = options.open(partition);
        const push: PartitionTask['push'] = async (fetched) => {
          if (fetched.topic !== topic || fetched.records.length === 0) return task.push(fetched);
          const step = Math.max(1, Math.ceil(fetched.records.length / 20));
          for (let i = 0; i < fetched.records.length; i += step) {
            const records = fetched.records.slice(i, i + step);
            const last = i + step >= fetched.records.length;
            await task.push({
              ...fetched,
              records,
              position: last ? fetched.position : (records.at(-1)?.offset ?? 0) + 1,
            });
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        };
        return { push, stop: () => task.stop() };
      },
    });
  return new Proxy(log, {
    get: (target, name) => {
      if (name === 'join') return join;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
