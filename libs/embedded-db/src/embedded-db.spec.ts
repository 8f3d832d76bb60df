import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '#embedded-db';

const bytes = (text: string) => Buffer.from(text);
const folder = () => mkdtempSync(join(tmpdir(), 'perennial-db-'));

describe('an embedded folder', () => {
  it('writes a unit whole or not at all, and one that throws takes no other with it', async () => {
    const path = folder();
    const db = await openDb({ path });
    const table = db.table('things');
    const broken = db.write(() => {
      table.put(bytes('a'), bytes('1'));
      throw new Error('no');
    });
    const sound = db.write(() => table.put(bytes('b'), bytes('2')));
    await expect(broken).rejects.toThrow('no');
    await sound;
    expect(table.get(bytes('a'))).toBeUndefined();
    expect(table.get(bytes('b'))).toEqual(bytes('2'));
    await db.close();
    const again = await openDb({ path });
    expect(again.table('things').get(bytes('b'))).toEqual(bytes('2'));
    await again.close();
  });

  it('ranges over keys upwards and downwards', async () => {
    const db = await openDb({ path: folder() });
    const table = db.table('things');
    await db.write(() => {
      for (const key of ['a', 'c', 'e']) table.put(bytes(key), bytes(key));
    });
    const keys = (range: Parameters<typeof table.range>[0]) =>
      table.range(range).map((e) => e.key.toString());
    expect(keys({ from: bytes('a'), to: bytes('e'), limit: 9 })).toEqual(['a', 'c']);
    expect(keys({ from: bytes('d'), to: bytes('a'), limit: 1, reverse: true })).toEqual(['c']);
    expect(keys({ from: bytes('e'), to: bytes('a'), limit: 9, reverse: true })).toEqual(['e', 'c']);
    await db.close();
  });

  it('lets one engine in at a time', async () => {
    const path = folder();
    const first = await openDb({ path, engine: true });
    await expect(openDb({ path, engine: true })).rejects.toMatchObject({ code: 'locked' });
    await first.close();
    await (await openDb({ path, engine: true })).close();
  });
});
