import { openDb } from '#embedded-db';
import { forkTypeScript, killHard, messageOf, temporaryFolder } from '#testing';

describe('a folder that another process makes larger', () => {
  it('is read and written on, by whoever had it open before, and by the other after that', async () => {
    const path = temporaryFolder('db');
    const db = await openDb({ path });
    const table = db.table('things');
    await db.write(() => table.put(Buffer.from('parent'), Buffer.from('small')));

    const child = forkTypeScript(new URL('./growing.child.ts', import.meta.url), path, '96');
    expect(await messageOf(child)).toBe('written');
    for (const n of [0, 50, 95])
      expect(table.get(Buffer.from(`child ${n}`))?.equals(Buffer.alloc(1 << 20, n))).toBe(true);

    const large = Buffer.alloc(160 << 20, 'x');
    await db.write(() => table.put(Buffer.from('parent'), large));
    child.send('read');
    expect(await messageOf(child)).toBe(large.length);
    await killHard(child);
    await db.close();
  }, 60_000);
});
