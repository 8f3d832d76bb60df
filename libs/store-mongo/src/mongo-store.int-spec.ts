import type { CustomerState } from '#lifecycle';
import type { CustomerDocument, CustomerStore } from '#pipeline';
import { describeWith, freshDatabase, mongo } from '#testing';
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
});
