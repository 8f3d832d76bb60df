import { openDb, orderedKey } from '#embedded-db';
import type { CustomerDocument } from '#pipeline';
import { openEmbeddedStore } from '#store-embedded';
import { temporaryFolder } from '#testing';

const customer = (id: string, more: object = {}): CustomerDocument => ({
  id,
  partition: 0,
  batch: 1,
  outputs: [],
  state: { id, definition: 'retail@1', stage: 'exploration', health: 'well', timers: [], ...more },
});

it('a folder from before there was a list of customers gets one when it is opened', async () => {
  const path = temporaryFolder('list');
  const store = await openEmbeddedStore({ path });
  const ids = Array.from({ length: 450 }, (_, n) => `c-${n}`);
  await store.write([...ids.map((id) => customer(id)), customer('gone', { erased: 0 })]);
  await store.close();
  const db = await openDb({ path });
  const list = db.table('customer-list');
  await db.write(() => {
    for (const id of ids) list.remove(orderedKey(0, id));
    list.remove(orderedKey(-1));
  });
  await db.close();

  const again = await openEmbeddedStore({ path });
  expect(new Set(await again.customers(0, undefined, 1_000))).toEqual(new Set(ids));
  await again.close();
});
