import { encodeEvent, eventTypes, inputTopics, topicSpecs, type EventType } from '#contracts';
import { MemoryCluster, MemoryGroups, MemoryLog, unhindered } from '#in-memory';
import { bundledDefinition, couponCodes, createLifecycle, loadDefinition } from '#lifecycle';
import { defaultLimits, Engine, systemClock } from '#pipeline';
import { describeWith, freshDatabase, mongo, until } from '#testing';
import { createConnection, mongo as driver, type Connection } from 'mongoose';
import { MongoStore } from './mongo-store.js';

const events = 2_000;
const customers = 200;
const maxRecords = 500;

interface Update {
  readonly q: { readonly _id: string };
  readonly u: object;
}

await describeWith({ mongo }, 'what a batch costs on MongoDB', ({ mongo }) => {
  const sent: driver.CommandStartedEvent[] = [];
  let connection: Connection;
  let engine: Engine;
  let batches = 0;

  /** The commands of this name on this collection, in the order in which they were sent. */
  const commands = (name: string, collection: string) =>
    sent.filter(({ commandName, command }) => commandName === name && command[name] === collection);
  const updatesOf = ({ command }: driver.CommandStartedEvent) => command['updates'] as readonly Update[];
  const loads = () =>
    commands('find', 'customers').flatMap(({ command }) => {
      const { _id } = command['filter'] as { readonly _id?: { readonly $in: readonly string[] } };
      return _id ? [_id.$in] : [];
    });
  const writes = () =>
    commands('update', 'customers').map((command) => updatesOf(command).map(({ q }) => q._id));

  beforeAll(async () => {
    connection = await createConnection(freshDatabase(mongo.address), { monitorCommands: true }).asPromise();
    const store = new MongoStore(connection);
    await store.createIndexes();
    const cluster = new MemoryCluster();
    for (const { name } of topicSpecs('', 1)) cluster.create(name, 1);
    cluster.append(Array.from({ length: events }, (_, n) => happening(n)));
    connection.getClient().on('commandStarted', (event) => sent.push(event));
    const lifecycle = createLifecycle(loadDefinition(bundledDefinition()), couponCodes('s'.repeat(32)));
    engine = new Engine({
      log: new MemoryLog(cluster, new MemoryGroups(), unhindered),
      store,
      clock: systemClock,
      random: () => 0.5,
      group: 'cost',
      partitions: 1,
      topics: inputTopics,
      prefix: '',
      lifecycle,
      lifecycleOf: () => Promise.resolve(lifecycle),
      limits: { ...defaultLimits, maxRecords, bufferedRecords: events },
      observe: (event) => void (event.kind === 'batch' && batches++),
      onFatal: (error) => {
        throw error;
      },
    });
    await engine.start();
    await until(
      'all is folded',
      60_000,
      () => batches > 0 && engine.status().tasks.every(({ lag }) => lag === 0),
    );
  }, 90_000);
  afterAll(async () => {
    await engine.stop();
    await connection.dropDatabase();
    await connection.close();
  });

  it('is one update of the intent, beside the claim', () => {
    const intents = commands('update', 'tasks').filter((each) =>
      updatesOf(each).some(({ u }) => '$set' in u),
    );
    expect(batches).toBeGreaterThanOrEqual(events / maxRecords);
    expect(intents).toHaveLength(batches);
    for (const each of intents) expect(updatesOf(each)).toHaveLength(1);
  });

  it('is one bulk of customers at most, in which none is written twice', () => {
    expect(writes().length).toBeGreaterThan(0);
    expect(writes().length).toBeLessThanOrEqual(batches);
    for (const ids of writes()) expect(new Set(ids).size).toBe(ids.length);
  });

  it('is one find at most, and none for customers in the cache', () => {
    expect(loads().length).toBeLessThanOrEqual(batches);
    const asked = loads().flat();
    expect(new Set(asked).size).toBe(asked.length);
    expect(new Set(asked)).toEqual(new Set(writes().flat()));
  });

  it('is at most three commands, a document of a few kilobytes for each customer, and nothing of mongoose', () => {
    const [intents, finds, bulks] = [batches, loads().length, writes().length];
    // By the clock and not by the batch come controls, twice a second, and timers that are due.
    const byBatch = sent.filter(
      ({ commandName, command }) =>
        (commandName === 'update' || commandName === 'insert' || commandName === 'find') &&
        (command[commandName] === 'tasks' || command[commandName] === 'customers') &&
        !('sort' in command),
    );
    // A task's claim is one update more.
    expect(byBatch).toHaveLength(intents + finds + bulks + 1);
    const documents = writes().flat().length;
    const bytes = commands('update', 'customers').reduce(
      (sum, { command }) => sum + driver.BSON.calculateObjectSize(command),
      0,
    );
    if (process.env['SHOW_COST'])
      process.stderr.write(`${JSON.stringify({ events, batches, finds, bulks, documents, bytes })}\n`);
    expect(bytes / documents).toBeLessThan(8_000);
    const versions = commands('update', 'customers').flatMap((each) =>
      updatesOf(each).filter(({ u }) => '__v' in u),
    );
    expect(versions).toEqual([]);
  });
});

/** Orders, visits and cases of customers who take turns, a minute apart. */
function happening(n: number) {
  const subject = `c${(n * 7) % customers}`;
  const [type, data] = (
    [
      ['order.completed.v1', { orderId: `o${n}`, total: 20, currency: 'EUR', products: [] }],
      ['page.visited.v1', { page: '/bread' }],
      ['case.opened.v1', { caseId: `k${n}` }],
    ] as const satisfies readonly (readonly [EventType, object])[]
  )[n % 3]!;
  const time = new Date(Date.now() - (events - n) * 60_000).toISOString();
  return {
    topic: eventTypes[type].topic,
    partition: 0,
    key: subject,
    value: encodeEvent({ specversion: '1.0', id: `e${n}`, source: '/spec', type, subject, time, data }),
  };
}
