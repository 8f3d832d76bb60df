import { MemoryCluster, MemoryDatabase, MemoryGroups, MemoryLog, MemoryStore, unhindered } from '#in-memory';
import { topicSpecs } from '#contracts';
import type { CustomerDocument } from '../customer-store.port.js';
import { announce } from './announce.js';
import { activate } from './activation.js';
import { readControls } from './control-record.js';
import { FanOut, pageSize } from './fan-out.js';
import { fanOutProgress } from './fan-out-job.js';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const partitions = 2;
const active = 'hash of what is in force';

const customer = (id: string, partition: number): CustomerDocument => ({
  id,
  partition,
  batch: 1,
  outputs: [],
  state: { id, definition: 'retail@1', stage: 'exploration', health: 'well', timers: [] },
});
const named = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i}`);

/** A store of so many customers in each partition, and a log that says what was published. */
async function given(...customers: readonly number[]) {
  const cluster = new MemoryCluster();
  const log = new MemoryLog(cluster, new MemoryGroups());
  const database = new MemoryDatabase();
  const store = new MemoryStore(database);
  await log.createTopics(topicSpecs('', partitions));
  for (const [partition, n] of customers.entries())
    await store.write(named(`p${partition}-`, n).map((id) => customer(id, partition)));
  const told = (partition: number) =>
    cluster
      .partition('lifecycle.inbox.v1', partition)
      .map(({ value }) => JSON.parse(String(value)) as { id: string; subject: string });
  const owner = (partition: number) => new FanOut({ log, store, partition, partitions, prefix: '' });
  /** An owner of partition 0 to whom something happens when it is about to note how far it is. */
  const ownerWho = (noting: () => Promise<void>) => {
    const call = async <T>(name: string, effect: () => T) => {
      if (name === 'records.update') await noting();
      return effect();
    };
    const its = new MemoryStore(database, { ...unhindered, call });
    return new FanOut({ log, store: its, partition: 0, partitions, prefix: '' });
  };
  const news = (more: object = {}) =>
    announce(
      store,
      partitions,
      {
        announcementId: 'spring',
        kind: 'sale',
        template: 'announcements.spring',
        validUntil: '2026-04-01T00:00:00Z',
        ...more,
      },
      'spec',
      NOW,
    );
  const underWay = async () => (await readControls(store)).fanOuts;
  const turn = async (fanOut: FanOut, now = NOW, inForce = active) =>
    fanOut.turn(await underWay(), inForce, now);
  /** Turns until nothing is left; how many records each published. */
  const toTheEnd = async (partition: number, fanOut = owner(partition)) => {
    const pages: number[] = [];
    for (let before = told(partition).length; await turn(fanOut); before = told(partition).length)
      pages.push(told(partition).length - before);
    return pages;
  };
  return { store, told, owner, ownerWho, news, underWay, turn, toTheEnd };
}

describe('a fan-out', () => {
  it('tells each customer of the partition once, in bounded pages', async () => {
    const { told, news, toTheEnd } = await given(2 * pageSize + 300, 5);
    await news();
    expect(await toTheEnd(0)).toEqual([pageSize, pageSize, 300]);
    expect(await toTheEnd(1)).toEqual([5]);
    expect(new Set(told(0).map(({ subject }) => subject)).size).toBe(2 * pageSize + 300);
    expect(new Set([...told(0), ...told(1)].map(({ id }) => id)).size).toBe(2 * pageSize + 305);
  });

  it('repeats at most one page after a crash between telling and noting it, under the same identities', async () => {
    const { told, owner, ownerWho, news, turn, toTheEnd } = await given(2 * pageSize, 0);
    await news();
    await turn(owner(0));
    const killed = ownerWho(() => Promise.reject(new Error('killed')));
    await expect(turn(killed)).rejects.toThrow('killed');
    await toTheEnd(0);
    expect(told(0)).toHaveLength(3 * pageSize);
    expect(new Set(told(0).map(({ id }) => id)).size).toBe(2 * pageSize);
  });

  it('is not taken back by an earlier owner who notes late', async () => {
    const { told, ownerWho, news, turn, toTheEnd } = await given(3 * pageSize, 0);
    await news();
    const wakes = Promise.withResolvers<void>();
    const zombie = turn(ownerWho(() => wakes.promise));
    await toTheEnd(0);
    wakes.resolve();
    await zombie;
    const before = told(0).length;
    await toTheEnd(0);
    expect(told(0)).toHaveLength(before);
  });

  it('is over when every partition is through, and then off the list', async () => {
    const { store, news, underWay, toTheEnd } = await given(3, 4);
    const { id } = await news();
    await toTheEnd(0);
    expect([await underWay(), await fanOutProgress(store, id, partitions)]).toEqual([
      [id],
      { passed: 3, sent: 3, done: false },
    ]);
    await toTheEnd(1);
    await toTheEnd(0);
    expect([await underWay(), await fanOutProgress(store, id, partitions)]).toEqual([
      [],
      { passed: 7, sent: 7, done: true },
    ]);
  });

  it('tells nobody when its time is over, nor of a definition that is no longer in force', async () => {
    const { store, told, news, turn, owner, underWay } = await given(3, 0);
    await news();
    const fanOut = owner(0);
    const later = Date.parse('2026-04-01T00:00:00Z');
    while (await turn(fanOut, later));
    const definition = { name: 'retail', version: 2, hash: 'another hash' };
    await activate(store, definition, 'spec', NOW);
    while (await turn(fanOut));
    expect(told(0)).toEqual([]);
    expect(await underWay()).toEqual(['announcement/spring', 'definition/retail@2']);
    const other = await given(3, 0);
    await activate(other.store, definition, 'spec', NOW);
    const owning = other.owner(0);
    while (await other.turn(owning, NOW, 'another hash'));
    expect(other.told(0)).toHaveLength(3);
  });

  it('goes one after the other, the oldest first', async () => {
    const { told, news, toTheEnd } = await given(2, 0);
    await news();
    await news({ announcementId: 'summer' });
    await toTheEnd(0);
    expect(told(0).map(({ id }) => id.split('/')[1])).toEqual(['spring', 'spring', 'summer', 'summer']);
  });

  it('with a budget tells as many as it allows, the same ones each time', async () => {
    const chosen = async (budget: number) => {
      const { told, news, toTheEnd } = await given(700, 900);
      const announced = await news({ budget });
      await toTheEnd(0);
      await toTheEnd(1);
      return { announced, told: [...told(0), ...told(1)].map(({ subject }) => subject).sort() };
    };
    const [few, again, all] = [await chosen(123), await chosen(123), await chosen(5_000)];
    expect(few.announced).toMatchObject({ known: 1_600, addressed: 123 });
    expect(few.told).toHaveLength(123);
    expect(again.told).toEqual(few.told);
    expect([all.announced.addressed, all.told.length]).toEqual([1_600, 1_600]);
  });
});
