import { openDb } from '#embedded-db';
import { forkTypeScript, killHard, messageOf, temporaryFolder } from '#testing';

const bytes = (text: string) => Buffer.from(text);

const holder = async (path: string) => {
  const child = forkTypeScript(new URL('./holding.child.ts', import.meta.url), path);
  await messageOf(child);
  return child;
};

describe('the engine lock', () => {
  it('refuses a second engine, naming the process that holds it, and lets others in', async () => {
    const path = temporaryFolder('db');
    const child = await holder(path);
    await expect(openDb({ path, engine: true })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`process ${child.pid}`) as string,
    });
    const beside = await openDb({ path });
    await beside.write(() => beside.table('things').get(bytes('a')));
    await beside.close();
    await killHard(child);
  });

  it('of a killed process is taken over', async () => {
    const path = temporaryFolder('db');
    await killHard(await holder(path));
    await (await openDb({ path, engine: true })).close();
  });

  it('of a process whose pid another one has now is taken over', async () => {
    const path = temporaryFolder('db');
    const db = await openDb({ path });
    const meta = db.table('meta');
    const stale = JSON.stringify({ pid: process.ppid, started: 'long ago' });
    await db.write(() => meta.put(bytes('engine'), bytes(stale)));
    await (await openDb({ path, engine: true })).close();
    await db.close();
  });

  it('refuses a second engine of the same process, and is given back on close', async () => {
    const path = temporaryFolder('db');
    const first = await openDb({ path, engine: true });
    await expect(openDb({ path, engine: true })).rejects.toMatchObject({ code: 'locked' });
    await first.close();
    await (await openDb({ path, engine: true })).close();
  });
});
