import 'reflect-metadata';
import { Controller, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { from } from 'rxjs';
import { LogError, StoreError, type EventLog, type LogRecord, type TaskSession } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { temporaryFolder, until as untilTrue } from '#testing';
import {
  KeepErrorsFilter,
  LogContext,
  LogTransport,
  type LogTransportOptions,
  type LogTransportStatus,
} from './index.js';

const until = (condition: () => boolean | Promise<boolean>) =>
  untilTrue('what the test waits for', 5_000, condition);

interface Noted {
  readonly type: string;
  readonly text: string;
}

let folder: string;
let embedded: Embedded;
let log: EventLog;
let apps: INestMicroservice[];
let failures: Error[];
beforeEach(async () => {
  folder = temporaryFolder('transport');
  embedded = await openEmbedded({ path: folder });
  ({ log } = embedded);
  apps = [];
  failures = [];
  await log.createTopics(
    ['notes', 'orders', 'out', 'notes.dlq', 'orders.dlq'].map((name) => ({
      name,
      partitions: 2,
      retentionMs: -1,
    })),
  );
});
afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await embedded.close();
});

const options = (changes: Partial<LogTransportOptions> = {}): LogTransportOptions => ({
  log,
  group: 'readers',
  topics: ['notes', 'orders'],
  decode: ({ value }) => {
    try {
      return { kind: 'event', event: JSON.parse(String(value)) as Noted };
    } catch (error) {
      return { kind: 'refused', reason: { code: 'undecodable', message: (error as Error).message } };
    }
  },
  deadLetter: ({ record, reason, attempts }) => ({
    topic: `${record.topic}.dlq`,
    partition: record.partition,
    key: record.key,
    value: record.value,
    headers: { code: reason.code, message: reason.message, attempts: String(attempts) },
  }),
  retry: { initialMs: 1, maxMs: 2 },
  onFailure: (error) => failures.push(error),
  ...changes,
});

async function start(controllers: Type[], changes: Partial<LogTransportOptions> = {}, filter = true) {
  class Subscriber {}
  const transport = new LogTransport(options(changes));
  const app = await NestFactory.createMicroservice(
    { module: Subscriber, controllers },
    { strategy: transport, logger: false, abortOnError: false },
  );
  if (filter) app.useGlobalFilters(new KeepErrorsFilter());
  apps.push(app);
  await app.listen();
  const statuses: LogTransportStatus[] = [];
  transport.status.subscribe((status) => statuses.push(status));
  return { app, transport, statuses };
}

const note = (text: string, partition = 0, topic = 'notes') => ({
  topic,
  partition,
  key: 'k',
  value: JSON.stringify({ type: 'noted.v1', text }),
});
const committed = async (topic = 'notes', partition = 0) =>
  (await log.groupOffsets('readers', [topic]))[topic]?.[partition];
const toCommit = (offset: number, topic = 'notes', partition = 0) =>
  until(async () => (await committed(topic, partition)) === offset);
async function contents(topic: string, partition = 0): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const chunk of log.read(topic, partition, 0, Infinity)) records.push(...chunk);
  return records;
}
const retriable = (message: string) => Object.assign(new Error(message), { retriable: true });

/** A subscriber that notes what it is given and then does as it is told. */
function reader(
  behaviour: (event: Noted, context: LogContext) => unknown = () => undefined,
): Type & { seen: string[] } {
  @Controller()
  class Reader {
    static readonly seen: string[] = [];
    @EventPattern<string>('noted.v1')
    read(@Payload() event: Noted, @Ctx() context: LogContext): unknown {
      Reader.seen.push(event.text);
      return behaviour(event, context);
    }
  }
  return Reader;
}

describe('an ordinary Nest controller', () => {
  it('is given events of its type with their records, in order within a partition', async () => {
    const places: string[] = [];
    const Reader = reader((_, { record }) => {
      places.push(`${record.topic}/${record.partition}/${record.offset}`);
    });
    await start([Reader]);
    await log.publish([note('a'), note('b'), note('c')]);
    await toCommit(3);
    expect(Reader.seen).toEqual(['a', 'b', 'c']);
    expect(places).toEqual(['notes/0/0', 'notes/0/1', 'notes/0/2']);
  });

  it('may answer with a stream', async () => {
    const Reader = reader(() => from([1, 2]));
    await start([Reader]);
    await log.publish([note('a')]);
    await toCommit(1);
  });

  it('shares an event with another, and neither is called again for the other’s success', async () => {
    const [One, Two] = [reader(), reader()];
    await start([One, Two]);
    await log.publish([note('a')]);
    await toCommit(1);
    expect([One.seen, Two.seen]).toEqual([['a'], ['a']]);
  });

  it('is refused when it wants to answer a request', async () => {
    @Controller()
    class Asked {
      @MessagePattern('question')
      answer() {
        return 42;
      }
    }
    await expect(start([Asked])).rejects.toThrow(/'question' awaits an answer.*@EventPattern/);
  });
});

describe('offsets', () => {
  it('move past what was handled, which is not delivered again', async () => {
    const First = reader();
    const { app } = await start([First]);
    await log.publish([note('a'), note('b')]);
    await toCommit(2);
    await app.close();
    const Second = reader();
    await start([Second]);
    await log.publish([note('c')]);
    await toCommit(3);
    expect(Second.seen).toEqual(['c']);
  });

  it('move past events that nobody handles', async () => {
    const { transport } = await start([reader()]);
    await log.publish([{ ...note('a'), value: JSON.stringify({ type: 'other.v1' }) }]);
    await toCommit(1);
    expect(transport.counts).toMatchObject({ handled: 0, skipped: 1, deadLettered: 0 });
  });

  it('do not move past what was not handled when the process ends', async () => {
    const Stuck = reader(() => Promise.reject(retriable('down')));
    const { app } = await start([Stuck]);
    await log.publish([note('a')]);
    await until(() => Stuck.seen.length > 2);
    await app.close();
    const Second = reader();
    await start([Second]);
    await toCommit(1);
    expect(Second.seen).toEqual(['a']);
  });
});

it('handles nothing again when the log delivers from an older position than the committed one', async () => {
  const { app } = await start([reader()]);
  await log.publish([note('a'), note('b')]);
  await toCommit(2);
  await app.close();
  const forgetful: EventLog['join'] = (join) =>
    log.join({
      ...join,
      open: (partition) => {
        const task = join.open(partition);
        const replayed = contents('notes', partition).then((records) =>
          task.push({ topic: 'notes', records, position: records.length, end: records.length }),
        );
        return { push: (fetched) => replayed.then(() => task.push(fetched)), stop: () => task.stop() };
      },
    });
  const Second = reader();
  await start([Second], { log: Object.assign(Object.create(log) as EventLog, { join: forgetful }) });
  await log.publish([note('c')]);
  await toCommit(3);
  expect(Second.seen).toEqual(['c']);
});

describe('a retriable error', () => {
  it('repeats the record until it succeeds, in order, while other partitions and topics go on', async () => {
    let up = false;
    const Reader = reader(({ text }) => {
      if (text === 'a' && !up) throw retriable('down');
    });
    await start([Reader]);
    await log.publish([note('a'), note('b'), note('elsewhere', 1), note('order', 0, 'orders')]);
    await toCommit(1, 'notes', 1);
    await toCommit(1, 'orders', 0);
    expect(Reader.seen).not.toContain('b');
    up = true;
    await toCommit(2);
    expect(Reader.seen.slice(-2)).toEqual(['a', 'b']);
  });

  it('is reported when it lasts, and so is its end', async () => {
    let up = false;
    const Reader = reader(() => {
      if (!up) throw retriable('mail server is down');
    });
    const { transport, statuses, app } = await start([Reader], {
      retry: { initialMs: 1, maxMs: 2, attempts: 3 },
    });
    const troubles: string[] = [];
    app.on('unhealthy', ({ what, attempts }: { what: string; attempts: number }) =>
      troubles.push(`${what}: ${attempts}`),
    );
    await log.publish([note('a')]);
    await until(() => statuses.includes('unhealthy'));
    expect(transport.troubles[0]).toMatch(/^notes\/0 at offset 0: attempt \d+ failed: mail server is down$/);
    expect(troubles[0]).toBe('notes/0 at offset 0: 3');
    up = true;
    await toCommit(1);
    expect(statuses).toEqual(['consuming', 'unhealthy', 'consuming']);
    expect(transport.troubles).toEqual([]);
    expect(failures).toEqual([]);
  });
});

describe('a dead letter', () => {
  it('is made of a record whose handler throws, and the next one is handled', async () => {
    const Reader = reader(({ text }) => {
      if (text === 'bad') throw Object.assign(new Error('cannot'), { code: 'tooHard' });
    });
    await start([Reader]);
    await log.publish([note('bad'), note('good')]);
    await toCommit(2);
    const [letter, ...more] = await contents('notes.dlq');
    expect(more).toEqual([]);
    expect(String(letter?.value)).toContain('bad');
    expect(Object.entries(letter?.headers ?? {}).map(([k, v]) => `${k}: ${String(v)}`)).toEqual(
      expect.arrayContaining(['code: tooHard', 'message: cannot', 'attempts: 1']),
    );
  });

  it('is made of a record that cannot be decoded, without asking a handler', async () => {
    const Reader = reader();
    await start([Reader]);
    await log.publish([{ ...note('a'), value: '{' }]);
    await toCommit(1);
    expect(Reader.seen).toEqual([]);
    expect(String((await contents('notes.dlq'))[0]?.headers.code)).toBe('undecodable');
  });

  it('is made at a handler’s wish, beside what it published', async () => {
    const Reader = reader((_, context) => {
      context.publish({ topic: 'out', partition: 0, key: 'k', value: 'failed' });
      context.deadLetter({ code: 'bounced', message: '550' });
    });
    const { transport } = await start([Reader]);
    await log.publish([note('a')]);
    await toCommit(1);
    expect((await contents('out')).map(({ value }) => String(value))).toEqual(['failed']);
    expect(await contents('notes.dlq')).toHaveLength(1);
    expect(transport.counts.deadLettered).toBe(1);
  });

  it('drops what its handler had published before it threw', async () => {
    const Reader = reader((_, context) => {
      context.publish({ topic: 'out', partition: 0, key: 'k', value: 'never' });
      throw new Error('cannot');
    });
    await start([Reader]);
    await log.publish([note('a')]);
    await toCommit(1);
    expect(await contents('out')).toEqual([]);
  });

  it('is one of at most a fifth of the last records: beyond that the subscription stops and says so', async () => {
    const { statuses } = await start([
      reader(() => {
        throw new Error('bad deploy');
      }),
    ]);
    await log.publish(Array.from({ length: 300 }, (_, i) => note(String(i))));
    await until(() => failures.length > 0);
    expect(failures[0]?.message).toMatch(/201 dead letters among the last 1000 records/);
    expect(statuses.at(-1)).toBe('failed');
    expect((await contents('notes.dlq')).length).toBeLessThanOrEqual(200);
  });
});

describe('what is published by a handler', () => {
  const echo = () =>
    reader(({ text }, context) => context.publish({ topic: 'out', partition: 0, key: 'k', value: text }));
  const echoed = async () => (await contents('out')).map(({ value }) => String(value));

  /** A log whose sessions' commits go wrong in the given ways, one after the other, and then no more. */
  function ailing(...ways: ((commit: () => Promise<void>) => Promise<void>)[]): EventLog {
    return Object.assign(Object.create(log) as EventLog, {
      openSession: async (...args: Parameters<EventLog['openSession']>): Promise<TaskSession> => {
        const session = await log.openSession(...args);
        return {
          committed: () => session.committed(),
          close: () => session.close(),
          commit: async (records, offsets) => {
            const commit = () => session.commit(records, offsets);
            await (ways.shift() ?? ((c) => c()))(commit);
          },
        };
      },
    });
  }
  const indefinite = () => Promise.reject(new LogError('indefinite', 'connection lost'));

  it.each([
    ['the commit never arrived', indefinite],
    ['the commit arrived but not its answer', (commit: () => Promise<void>) => commit().then(indefinite)],
    ['the session was fenced', () => Promise.reject(new LogError('fenced', 'newer session'))],
  ])('is published once when %s', async (_, way) => {
    await start([echo()], { log: ailing(way) });
    await log.publish([note('a'), note('b')]);
    await toCommit(2);
    expect(await echoed()).toEqual(['a', 'b']);
  });

  it('is lost with the offset, and made anew, when the process dies before the commit', async () => {
    const { promise: died, reject: die } = Promise.withResolvers<void>();
    const Dying = echo();
    await start([Dying], { log: ailing(() => died) });
    await log.publish([note('a')]);
    await until(() => Dying.seen.length === 1);

    const { log: otherLog, close } = await openEmbedded({ path: folder });
    await start([echo()], { log: otherLog });
    await toCommit(1);
    die(new LogError('rejected', 'died'));
    await Promise.all(apps.map((app) => app.close()));
    expect(await echoed()).toEqual(['a']);
    await close();
  });

  it('stops the subscription, with the reason, when the log will never take it', async () => {
    const { statuses } = await start([echo()], {
      log: ailing(() => Promise.reject(new LogError('rejected', 'record is too large'))),
    });
    await log.publish([note('a')]);
    await until(() => failures.length > 0);
    expect(failures[0]?.message).toBe('record is too large');
    expect(statuses.at(-1)).toBe('failed');
    expect(await committed()).toBe(-1);
  });

  it('stops the subscription when another process takes the partition over again and again', async () => {
    const fenced = () => Promise.reject(new LogError('fenced', 'newer session'));
    await start([echo()], { log: ailing(...Array.from({ length: 20 }, () => fenced)) });
    await log.publish([note('a')]);
    await until(() => failures.length > 0);
    expect(failures[0]?.message).toMatch(/again and again/);
  });
});

describe('closing', () => {
  it('lets the handler in hand finish, commits it, and begins no other', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const Reader = reader(() => held);
    const { app } = await start([Reader]);
    await log.publish([note('a'), note('b')]);
    await until(() => Reader.seen.length === 1);
    const closed = app.close();
    letGo();
    await closed;
    expect(Reader.seen).toEqual(['a']);
    expect(await committed()).toBe(1);
  });
});

describe('what cannot go on is told', () => {
  it('a store that is broken, which is not the record’s fault', async () => {
    await start([reader(() => Promise.reject(new StoreError('storage', 'disk is full')))]);
    await log.publish([note('a')]);
    await until(() => failures.length > 0);
    expect(failures[0]?.message).toBe('disk is full');
    expect(await contents('notes.dlq')).toEqual([]);
    expect(await committed()).toBe(-1);
  });

  it('a topic that is missing, by the start', async () => {
    await expect(start([reader()], { topics: ['absent'] })).rejects.toThrow(/absent/);
  });

  it('a missing `KeepErrorsFilter`, before anything is taken for a dead letter', async () => {
    await start([reader(() => Promise.reject(retriable('down')))], {}, false);
    await log.publish([note('a')]);
    await until(() => failures.length > 0);
    expect(failures[0]?.message).toMatch(/KeepErrorsFilter/);
    expect(await contents('notes.dlq')).toEqual([]);
    expect(await committed()).toBe(-1);
  });
});
