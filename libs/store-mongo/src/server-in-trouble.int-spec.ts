import { StoreError, type CustomerDocument, type CustomerStore } from '#pipeline';
import { describeWith, mongo, own, until } from '#testing';
import { createConnection } from 'mongoose';
import { openMongoStore } from './index.js';

const customer = (id: string): CustomerDocument => ({
  id,
  partition: 0,
  batch: 1,
  state: { id, definition: 'retail@1', stage: 'exploration', health: 'well', timers: [] },
  outputs: [],
});

await describeWith({ mongo: own(mongo) }, 'a MongoDB server in trouble', ({ mongo }) => {
  let store: CustomerStore;
  beforeAll(async () => {
    store = await openMongoStore({ url: mongo.address });
  });
  afterAll(() => store.close());

  it('counts a write that the majority did not acknowledge as unknown', async () => {
    await failing(
      mongo.address,
      { writeConcernError: { code: 64, errmsg: 'waiting timed out' } },
      async () => {
        const outcomes = await store.write([customer('unsure'), customer('unsure too')]);
        expect([...outcomes.values()]).toEqual(['unknown', 'unknown']);
      },
    );
  });

  it('throws what the server will refuse again, with its reason', async () => {
    await failing(mongo.address, { errorCode: 13 }, async () => {
      await expect(store.write([customer('refused')])).rejects.toMatchObject({
        code: 'storage',
        retriable: false,
      });
    });
  });

  it('has every acknowledged write after it was killed in the middle of them and started again', async () => {
    const acknowledged: string[] = [];
    const unsure: string[] = [];
    let alive = true;
    const writing = (async () => {
      for (let n = 0; alive; n++) {
        const documents = Array.from({ length: 20 }, (_, i) => customer(`c${n}-${i}`));
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
