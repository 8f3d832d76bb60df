import { MemoryDatabase, MemoryStore } from '#in-memory';
import type { CustomerState } from '#lifecycle';
import { activate, activateAtStart, ActivationRefused } from './activation.js';
import { brakesOf, readControls, setBrake } from './control-record.js';

const database = () => new MemoryDatabase();
const definition = (version: number, name = 'retail') => ({ name, version, hash: `${name}@${version}` });

describe('brakes', () => {
  it('stand by programme, and `all` beside them', async () => {
    const store = new MemoryStore(database());
    expect(brakesOf(await readControls(store))).toBeUndefined();
    await setBrake(store, 'win-back', 'paused', 'ann', 1);
    await setBrake(store, 'all', 'shadow', 'bob', 2);
    expect(brakesOf(await readControls(store))).toEqual({ all: 'shadow', 'win-back': 'paused' });
    const lifted = await setBrake(store, 'all', 'running', 'ann', 3);
    expect(lifted.brakes).toEqual({ 'win-back': { brake: 'paused', by: 'ann', at: 1 } });
    await setBrake(store, 'win-back', 'running', 'ann', 4);
    expect(brakesOf(await readControls(store))).toBeUndefined();
  });

  it('keep who set them first, and change with another mode', async () => {
    const store = new MemoryStore(database());
    await setBrake(store, 'all', 'paused', 'ann', 1);
    expect((await setBrake(store, 'all', 'paused', 'bob', 2)).brakes['all']).toMatchObject({ by: 'ann' });
    expect((await setBrake(store, 'all', 'shadow', 'bob', 3)).brakes['all']).toMatchObject({ by: 'bob' });
  });

  it('set by several at once are all set', async () => {
    const shared = database();
    const programmes = ['a', 'b', 'c', 'd'];
    await Promise.all(programmes.map((name) => setBrake(new MemoryStore(shared), name, 'paused', name, 1)));
    expect(Object.keys((await readControls(new MemoryStore(shared))).brakes).sort()).toEqual(programmes);
  });
});

describe('an active definition', () => {
  it('only goes forward, by each name', async () => {
    const store = new MemoryStore(database());
    await activate(store, definition(2), 'spec', 1);
    await expect(activate(store, definition(2), 'spec', 2)).rejects.toThrow('retail@2 is active already');
    await expect(activate(store, definition(1), 'spec', 2)).rejects.toThrow(ActivationRefused);
    await activate(store, definition(1, 'grocer'), 'spec', 3);
    await expect(activate(store, definition(2), 'spec', 4)).rejects.toThrow(/give it version 3/);
    await activate(store, definition(3), 'spec', 5);
    const { active, versions, fanOuts } = await readControls(store);
    expect(active).toEqual({ ...definition(3), by: 'spec', at: 5 });
    expect(versions).toEqual({ retail: 3, grocer: 1 });
    expect(fanOuts).toEqual(['definition/retail@2', 'definition/grocer@1', 'definition/retail@3']);
  });

  it('is the highest of several that are activated at once', async () => {
    const shared = database();
    const versions = [1, 2, 3, 4, 5];
    const outcomes = await Promise.allSettled(
      versions.map((version) => activate(new MemoryStore(shared), definition(version), 'spec', version)),
    );
    expect((await readControls(new MemoryStore(shared))).active?.version).toBe(5);
    expect(outcomes.at(-1)?.status).toBe('fulfilled');
  });

  it('is told to nobody where a first start finds nobody, and to all where customers are known', async () => {
    const store = new MemoryStore(database());
    expect(await activateAtStart(store, definition(1), 1)).toMatchObject({ outcome: 'activated' });
    expect((await readControls(store)).fanOuts).toEqual([]);
    const state = { id: 'ann', definition: 'retail@1', timers: [] } as unknown as CustomerState;
    await store.write([{ id: 'ann', partition: 0, batch: 1, outputs: [], state }]);
    expect(await activateAtStart(store, definition(2), 2)).toMatchObject({ outcome: 'activated' });
    expect((await readControls(store)).fanOuts).toEqual(['definition/retail@2']);
    expect(await activateAtStart(store, definition(1), 3)).toMatchObject({
      outcome: 'older',
      active: { version: 2 },
    });
  });
});
