import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDb } from '#embedded-db';
import { temporaryFolder } from '#testing';

const bytes = (text: string) => Buffer.from(text);

const refused = (path: string, code: string) =>
  expect(openDb({ path })).rejects.toMatchObject({ code, message: expect.stringContaining(path) as string });

describe('opening a folder is refused with one clear message', () => {
  it('where the path is a file, or leads through one', async () => {
    const file = join(temporaryFolder('db'), 'file');
    writeFileSync(file, 'text');
    await refused(file, 'notAFolder');
    await refused(join(file, 'below'), 'notAFolder');
  });

  it('where it was written in another layout', async () => {
    const path = temporaryFolder('db');
    const db = await openDb({ path });
    const meta = db.table('meta');
    await db.write(() => meta.put(bytes('layout'), bytes('99')));
    await db.close();
    await refused(path, 'layout');
  });

  it('where its files are no database', async () => {
    const path = temporaryFolder('db');
    writeFileSync(join(path, 'data.mdb'), Buffer.alloc(65_536, 'x'));
    await refused(path, 'damaged');
  });

  // A superuser may write anywhere.
  (process.getuid?.() === 0 ? it.skip : it)('where it cannot be written', async () => {
    const path = temporaryFolder('db');
    chmodSync(path, 0o555);
    await refused(path, 'readOnly');
    chmodSync(path, 0o755);
  });
});
