import { describeWith, freshDatabase, mongo } from '#testing';
import { createConnection, type Connection, type mongo as driver } from 'mongoose';
import { MongoStore } from './mongo-store.js';

await describeWith({ mongo }, 'what the MongoDB store asks of a server', ({ mongo }) => {
  const sent: driver.CommandStartedEvent[] = [];
  const command = (name: string) => sent.filter((e) => e.commandName === name).map((e) => e.command);
  let connection: Connection;

  beforeAll(async () => {
    const url = new URL(freshDatabase(mongo.address));
    url.search = '?directConnection=true&w=1&journal=false&readConcernLevel=local';
    connection = await createConnection(url.href, { monitorCommands: true }).asPromise();
    connection.getClient().on('commandStarted', (event) => sent.push(event));
    const store = new MongoStore(connection);
    const state = { id: 'ann', definition: 'd@1', stage: 'exploration', health: 'well', timers: [] } as const;
    const { epoch } = await store.claim(0);
    const intent = {
      group: 'g',
      number: 1,
      from: {},
      to: {},
      watermark: 0,
      now: 0,
      definition: 'h',
      rules: 1,
    };
    await store.writeIntent(0, epoch, intent);
    await store.write([{ id: 'ann', partition: 0, batch: 1, state, outputs: [] }]);
    await store.load(['ann']);
    await store.due(0, 0, 1);
    for await (const _ of store.scan()) void _;
    await store.records('ledger').put('a', 1);
    await store.registerDefinition({ name: 'd', version: 1, hash: 'h', source: 's' });
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('is an acknowledgement by a majority, with journal, for every write', () => {
    const writes = [...command('update'), ...command('findAndModify')];
    expect(writes.length).toBeGreaterThanOrEqual(6);
    for (const { writeConcern } of writes) expect(writeConcern).toMatchObject({ w: 'majority', j: true });
  });

  it("is the majority's documents, not older than what was acknowledged before, for every read", () => {
    const reads = command('find');
    expect(reads).toHaveLength(3);
    for (const { readConcern } of reads) {
      expect(readConcern).toMatchObject({ level: 'majority' });
      expect((readConcern as { afterClusterTime?: object }).afterClusterTime).toBeDefined();
    }
  });
});
