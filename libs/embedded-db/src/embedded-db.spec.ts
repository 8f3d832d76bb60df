import { openDb, type KeyRange } from '#embedded-db';
import { temporaryFolder } from '#testing';

const bytes = (text: string) => Buffer.from(text);

describe('an embedded folder', () => {
  it('keeps what was written for whoever opens it next', async () => {
    const path = temporaryFolder('db');
    const db = await openDb({ path: `${path}/made/on/demand` });
    const table = db.table('things');
    await db.write(() => table.put(bytes('a'), bytes('1')));
    await db.close();
    const again = await openDb({ path: `${path}/made/on/demand` });
    expect(again.table('things').get(bytes('a'))).toEqual(bytes('1'));
    expect(again.table('others').get(bytes('a'))).toBeUndefined();
    await again.close();
  });

  it('writes a unit whole or not at all, and one that throws takes no other with it', async () => {
    const db = await openDb({ path: temporaryFolder('db') });
    const table = db.table('things');
    await db.write(() => table.put(bytes('old'), bytes('0')));
    const broken = db.write(() => {
      table.put(bytes('a'), bytes('1'));
      table.remove(bytes('old'));
      throw new Error('no');
    });
    const sound = db.write(() => table.put(bytes('b'), bytes('2')));
    await expect(broken).rejects.toThrow('no');
    await sound;
    expect(table.get(bytes('a'))).toBeUndefined();
    expect(table.get(bytes('old'))).toEqual(bytes('0'));
    expect(table.get(bytes('b'))).toEqual(bytes('2'));
    await db.close();
  });

  it('runs units in the order in which they were asked for, each seeing the ones before', async () => {
    const db = await openDb({ path: temporaryFolder('db') });
    const table = db.table('things');
    const key = bytes('count');
    const increment = () =>
      db.write(() => {
        const count = Number(table.get(key) ?? 0) + 1;
        table.put(key, bytes(String(count)));
        return count;
      });
    expect(await Promise.all([increment(), increment(), increment()])).toEqual([1, 2, 3]);
    expect(await increment()).toBe(4);
    await db.close();
  });

  it('ranges over keys upwards and downwards', async () => {
    const db = await openDb({ path: temporaryFolder('db') });
    const table = db.table('things');
    await db.write(() => {
      for (const key of ['a', 'c', 'e']) table.put(bytes(key), bytes(key));
    });
    const keys = (range: KeyRange) => table.range(range).map(({ key }) => key.toString());
    expect(keys({ from: bytes('a'), to: bytes('e'), limit: 9 })).toEqual(['a', 'c']);
    expect(keys({ from: bytes('a'), to: bytes('z'), limit: 2 })).toEqual(['a', 'c']);
    expect(keys({ from: bytes('d'), to: bytes('a'), limit: 1, reverse: true })).toEqual(['c']);
    expect(keys({ from: bytes('e'), to: bytes('a'), limit: 9, reverse: true })).toEqual(['e', 'c']);
    await db.close();
  });

  it('grows with what is written', async () => {
    const db = await openDb({ path: temporaryFolder('db') });
    const table = db.table('things');
    for (let n = 0; n < 6; n++) await db.write(() => table.put(bytes(`key-${n}`), Buffer.alloc(1 << 20, n)));
    expect(table.get(bytes('key-5'))?.equals(Buffer.alloc(1 << 20, 5))).toBe(true);
    await db.close();
  });

  it('finishes pending writes when it is closed, and refuses later ones', async () => {
    const path = temporaryFolder('db');
    const db = await openDb({ path });
    const table = db.table('things');
    const pending = db.write(() => table.put(bytes('a'), bytes('1')));
    await Promise.all([db.close(), db.close()]);
    await pending;
    await expect(db.write(() => undefined)).rejects.toThrow(/closed/);
    const again = await openDb({ path });
    expect(again.table('things').get(bytes('a'))).toEqual(bytes('1'));
    await again.close();
  });

  it('stays open for one handle when another is closed', async () => {
    const path = temporaryFolder('db');
    const [one, two] = [await openDb({ path }), await openDb({ path })];
    await one.close();
    await two.write(() => two.table('meta').get(bytes('layout')));
    await two.close();
  });
});

it('says at once that a folder cannot be made where the system has none, instead of trying for ever', async () => {
  await expect(openDb({ path: '/proc/perennial' })).rejects.toThrow(/\/proc\/perennial/);
});
