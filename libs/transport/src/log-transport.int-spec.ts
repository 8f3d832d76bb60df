import 'reflect-metadata';
import { Controller, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { openKafkaLog } from '#log-kafka';
import type { EventLog } from '#pipeline';
import { describeWith, freshName, kafka, until } from '#testing';
import { KeepErrorsFilter, LogContext, LogTransport } from './index.js';

interface Noted {
  readonly type: string;
  readonly text: string;
}

const partitions = 4;

await describeWith({ kafka }, 'an ordinary Nest controller on Kafka', ({ kafka }) => {
  let log: EventLog;
  let notes: string, out: string, group: string;
  let seen: string[];
  let failing: (text: string) => Error | undefined;
  const apps = new Map<LogTransport, INestMicroservice>();
  const failures: Error[] = [];

  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'transport-spec' });
  });
  beforeEach(async () => {
    [notes, out, group] = [freshName('notes'), freshName('out'), freshName('group')];
    seen = [];
    failing = () => undefined;
    await log.createTopics(
      [notes, out, `${notes}.dlq`].map((name) => ({ name, partitions, retentionMs: -1 })),
    );
  });
  afterEach(async () => {
    for (const transport of apps.keys()) await stop(transport);
    expect(failures).toEqual([]);
  });
  afterAll(() => log.close());

  async function start(): Promise<LogTransport> {
    @Controller()
    class Copier {
      @EventPattern<string>('noted.v1')
      copy(@Payload() { text }: Noted, @Ctx() context: LogContext): void {
        seen.push(text);
        const error = failing(text);
        if (error) throw error;
        context.publish({ topic: out, partition: context.record.partition, key: 'k', value: text });
      }
    }
    class Subscriber {}
    const strategy = new LogTransport({
      log,
      group,
      topics: [notes],
      decode: ({ value }) => ({ kind: 'event', event: JSON.parse(String(value)) as Noted }),
      deadLetter: ({ record }) => ({ ...record, topic: `${notes}.dlq` }),
      retry: { initialMs: 1, maxMs: 10 },
      onFailure: (error) => failures.push(error),
    });
    const app = await NestFactory.createMicroservice(
      { module: Subscriber, controllers: [Copier] },
      { strategy, logger: false, abortOnError: false },
    );
    app.useGlobalFilters(new KeepErrorsFilter());
    apps.set(strategy, app);
    await app.listen();
    return strategy;
  }
  async function stop(transport: LogTransport): Promise<void> {
    await apps.get(transport)?.close();
    apps.delete(transport);
  }
  const write = (texts: readonly string[]) =>
    log.publish(
      texts.map((text, i) => ({
        topic: notes,
        partition: i % partitions,
        key: 'k',
        value: JSON.stringify({ type: 'noted.v1', text }),
      })),
    );
  async function contents(topic: string): Promise<string[]> {
    const texts: string[] = [];
    for (const [partition, { start, end }] of (await log.range(topic)).entries())
      for await (const records of log.read(topic, partition, start, end))
        texts.push(...records.map(({ value }) => String(value)));
    return texts;
  }
  const handled = (texts: readonly string[]) =>
    until('all is published', 60_000, async () => (await contents(out)).length >= texts.length);
  const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, i) => String(from + i));

  it('handles what it is sent, in order within a partition, and goes on where it stopped', async () => {
    const transport = await start();
    const texts = numbered(200);
    await write(texts);
    await handled(texts);
    await stop(transport);
    await start();
    await write(['last']);
    await handled([...texts, 'last']);
    expect(seen.filter((text) => text === 'last')).toHaveLength(1);
    expect(seen).toHaveLength(201);
    const perPartition = (await contents(out)).filter((text) => text !== 'last').map(Number);
    for (let i = 1; i < perPartition.length; i++)
      if (perPartition[i]! % partitions === perPartition[i - 1]! % partitions)
        expect(perPartition[i]).toBeGreaterThan(perPartition[i - 1]!);
  });

  it('retries what can be retried and dead-letters the rest', async () => {
    let tries = 0;
    failing = (text) => {
      if (text === '1' && ++tries < 4) return Object.assign(new Error('down'), { retriable: true });
      return text === '2' ? new Error('cannot') : undefined;
    };
    await start();
    await write(numbered(8));
    await handled(numbered(7));
    expect(tries).toBe(4);
    expect((await contents(out)).sort()).toEqual(['0', '1', '3', '4', '5', '6', '7']);
    expect(await contents(`${notes}.dlq`)).toEqual([JSON.stringify({ type: 'noted.v1', text: '2' })]);
  });

  it('publishes each answer once while processes join and leave its group', async () => {
    let count = 0;
    const writeOn = () => write(numbered(100, (count += 100) - 100));
    let finished = false;
    const writing = (async () => {
      for (; !finished; await until('little is left', 60_000, () => finished || seen.length > count - 500))
        await writeOn();
    })();
    const first = await start();
    await until('the first has begun', 60_000, () => first.counts.handled > 0);
    const second = await start();
    await until('the second has begun', 60_000, () => second.counts.handled > 0);
    await stop(first);
    finished = true;
    await writing;
    await writeOn();
    await handled(numbered(count));
    const published = await contents(out);
    expect(published).toHaveLength(count);
    expect(new Set(published).size).toBe(count);
    expect(first.counts.handled).toBeLessThan(count);
  }, 240_000);
});
