import type { CustomerState } from '#lifecycle';
import { StoreError, type CustomerDocument, type CustomerStore } from '#pipeline';
import { describeWith, freshDatabase, mongo, own, until } from '#testing';
import { createConnection } from 'mongoose';
import { openMongoStore } from './index.js';

const state = (id: string, more: object = {}): CustomerState => ({
  id,
  definition: 'retail@1',
  stage: 'exploration',
  health: 'well',
  timers: [],
  ...more,
});
const customer = (id: string, batch = 1, more: Partial<CustomerDocument> = {}): CustomerDocument => ({
  id,
  partition: 0,
  batch,
  state: state(id),
  outputs: [],
  ...more,
});
await describeWith({ mongo }, 'the MongoDB store', ({ mongo }) => {
  const url = freshDatabase(mongo.address);
  let store: CustomerStore;
  beforeAll(async () => {
    store = await openMongoStore({ url });
  });
  afterAll(async () => {
    await store.close();
    const connection = await createConnection(url).asPromise();
    await connection.dropDatabase();
    await connection.close();
  });

  it('of many concurrent first writes of a customer lets the highest batch stand, and says so to each', async () => {
    for (let round = 0; round < 10; round++) {
      const id = `raced-${round}`;
      const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
      const outcomes = await Promise.all(
        numbers.map(async (n) => (await store.write([customer(id, n)])).get(id)),
      );
      const standing = (await store.load([id])).get(id)!.batch;
      const written = numbers.filter((_, i) => outcomes[i] === 'written');
      expect(Math.max(...written)).toBe(standing);
      // What was not lost may be written again, and then the highest stands.
      const lost = numbers.filter((_, i) => outcomes[i] === 'lostGuard');
      expect(lost.every((n) => n <= standing)).toBe(true);
    }
  });

  it('shows operators stage, health and next timer beside the state, and finds due timers by an index', async () => {
    const timers = [
      { name: 'later', due: 2_000 },
      { name: 'sooner', due: 1_000 },
    ];
    await store.write([customer('timed', 1, { partition: 9, state: state('timed', { timers }) })]);
    const connection = await createConnection(url).asPromise();
    const rows = connection.getClient().db(connection.name).collection<{ _id: string }>('customers');
    expect(await rows.findOne({ _id: 'timed' }, { projection: { state: 0, outputs: 0 } })).toEqual({
      _id: 'timed',
      partition: 9,
      batch: 1,
      stage: 'exploration',
      health: 'well',
      definition: 'retail@1',
      next: { due: new Date(1_000), name: 'sooner' },
    });
    expect(await rows.indexes()).toContainEqual(
      expect.objectContaining({ key: { partition: 1, 'next.due': 1, _id: 1 } }),
    );
    await connection.close();
    expect(await store.due(9, 1_500, 10)).toEqual([{ customer: 'timed', name: 'sooner', due: 1_000 }]);
  });

  it('counts a write that the majority did not acknowledge as unknown', async () => {
    await failing(url, { writeConcernError: { code: 64, errmsg: 'waiting timed out' } }, async () => {
      const outcomes = await store.write([customer('unsure'), customer('unsure too')]);
      expect([...outcomes.values()]).toEqual(['unknown', 'unknown']);
    });
  });

  it('throws what the server will refuse again, with its reason', async () => {
    await failing(url, { errorCode: 13 }, async () => {
      await expect(store.write([customer('refused')])).rejects.toMatchObject({
        code: 'storage',
        retriable: false,
      });
    });
  });
});

/** Arms the server so that its next two updates (the driver tries twice) go wrong. */
async function failing(url: string, data: object, work: () => Promise<void>): Promise<void> {
  const connection = await createConnection(url).asPromise();
  const admin = connection.getClient().db('admin');
  const failCommand = { configureFailPoint: 'failCommand', data: { failCommands: ['update'], ...data } };
  await admin.command({ ...failCommand, mode: { times: 2 } });
  try {
    await work();
  } finally {
    await admin.command({ ...failCommand, mode: 'off' });
    await connection.close();
  }
}

await describeWith({ mongo: own(mongo) }, 'a MongoDB server that dies', ({ mongo }) => {
  it('has every acknowledged write after it was killed in the middle of them and started again', async () => {
    const store = await openMongoStore({ url: mongo.address });
    const acknowledged: string[] = [];
    const unsure: string[] = [];
    let alive = true;
    const writing = (async () => {
      for (let n = 0; alive; n++) {
        const documents = Array.from({ length: 20 }, (_, i) => customer(`c${n}-${i}`, 1));
        const outcomes = await store.write(documents);
        for (const [id, outcome] of outcomes) (outcome === 'written' ? acknowledged : unsure).push(id);
      }
    })();
    await until('200 writes are acknowledged', 30_000, () => acknowledged.length >= 200);
    await mongo.kill();
    alive = false;
    await writing;
    expect(unsure.length).toBeGreaterThanOrEqual(20);
    await expect(store.load(['c0-0'])).rejects.toMatchObject({ code: 'unreachable', retriable: true });

    await mongo.start();
    const stored = await store.load([...acknowledged, ...unsure]);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // The same connection goes on, and what was unsure is written or already there.
    const missing = unsure.filter((id) => !stored.has(id));
    const again = await store.write(missing.map((id) => customer(id)));
    expect([...again.values()].every((outcome) => outcome === 'written')).toBe(true);
    await store.close();
  }, 60_000);
});

describe('a MongoDB that does not answer', () => {
  it('is named within seconds, without the password', async () => {
    const opening = openMongoStore({ url: 'mongodb://user:hunter2@127.0.0.1:1/x' });
    const error = await opening.then(
      () => undefined,
      (e: unknown) => e as StoreError,
    );
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'unreachable', retriable: true });
    expect(error!.message).toContain('127.0.0.1:1');
    expect(error!.message).not.toContain('hunter2');
  });
});
