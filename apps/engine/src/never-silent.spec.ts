import { topicSpecs } from '#contracts';
import { openEmbedded } from '#store-embedded';
import { eventRecord, temporaryFolder, until } from '#testing';
import { endAll, engineProcess, readiness } from './engine-process.given.js';

afterEach(endAll);

const inputs = ['purchase.events.v1', 'support.events.v1', 'engagement.events.v1', 'profile.events.v1'];

/** A data folder with so many orders waiting. */
async function folderWith(orders: number): Promise<string> {
  const folder = temporaryFolder('engine');
  const { log, close } = await openEmbedded({ path: folder });
  await log.createTopics(topicSpecs('', 2));
  const at = Date.now() - 86_400_000;
  await log.publish(
    Array.from({ length: orders }, (_, n) => {
      const data = { orderId: `o-${n}`, total: 10, currency: 'EUR', products: [] };
      return eventRecord('purchase.events.v1', 'order.completed.v1', `c-${n % 50}`, data, {
        at: at + n,
        id: `o-${n}`,
      });
    }),
  );
  await close();
  return folder;
}

async function committed(folder: string): Promise<number> {
  const { log, close } = await openEmbedded({ path: folder });
  const offsets = await log.groupOffsets('perennial', inputs);
  await close();
  return Object.values(offsets)
    .flat()
    .reduce((sum, offset) => sum + Math.max(0, offset), 0);
}

describe('an engine whose work does not move', () => {
  it('is not ready, says so, and ends non-zero with the reason', async () => {
    const engine = engineProcess(
      { PERENNIAL_DATA: await folderWith(20) },
      './hindered.child.ts',
      'commits hang',
    );
    await engine.url();
    expect(await engine.ended).toBe(1);
    expect(engine.stderr()).toMatch(/partition \d: no progress for 10 s with \d+ records waiting/);
  }, 180_000);

  it('is not ready while its tasks cannot begin, and ends non-zero when they hang at it', async () => {
    const engine = engineProcess(
      { PERENNIAL_DATA: await folderWith(1) },
      './hindered.child.ts',
      'tasks cannot begin',
    );
    expect(await readiness(await engine.url())).toEqual({
      status: 503,
      reasons: ['partition 0 is starting', 'partition 1 is starting'],
    });
    expect(await engine.ended).toBe(1);
    expect(engine.stderr()).toContain('partition 0: no progress for 10 s while starting');
  }, 180_000);

  it('is killed from within, with the reason, when its event loop stands still', async () => {
    const engine = engineProcess(
      { PERENNIAL_DATA: await folderWith(1) },
      './hindered.child.ts',
      'the loop stands still',
    );
    expect(await engine.ended).toBe('SIGKILL');
    expect(engine.stderr()).toMatch(
      /hindered\n[^]*perennial engine: the event loop has stood still for 10 s/,
    );
  }, 180_000);
});

describe('a graceful stop', () => {
  it('finishes the batch under way and ends with 0; the next start goes on there', async () => {
    const folder = await folderWith(6_000);
    const first = engineProcess({ PERENNIAL_DATA: folder });
    await first.url();
    await until('something is committed', 60_000, async () => (await committed(folder)) > 0);
    const asked = Date.now();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(20_000);
    const second = engineProcess({ PERENNIAL_DATA: folder });
    const url = await second.url();
    await until('all is committed', 60_000, async () => (await committed(folder)) === 6_000);
    expect(await readiness(url)).toEqual({ status: 200, reasons: [] });
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  }, 180_000);

  it('is heeded in the middle of a start', async () => {
    const engine = engineProcess({ PERENNIAL_DATA: await folderWith(5) });
    await engine.url();
    engine.child.kill('SIGTERM');
    expect(await engine.ended).toBe(0);
  }, 150_000);

  it('that hangs is given up after 20 s, and says so', async () => {
    const engine = engineProcess(
      { PERENNIAL_DATA: await folderWith(5) },
      './hindered.child.ts',
      'commits hang',
    );
    await until('a commit hangs', 120_000, () => engine.stderr().includes('hindered'));
    const asked = Date.now();
    engine.child.kill('SIGTERM');
    expect(await engine.ended).toBe(130);
    expect(Date.now() - asked).toBeGreaterThan(19_000);
    expect(Date.now() - asked).toBeLessThan(30_000);
    expect(engine.stderr()).toContain('did not drain within 20 s');
  }, 180_000);

  it('ends at once at a second signal', async () => {
    const engine = engineProcess(
      { PERENNIAL_DATA: await folderWith(5) },
      './hindered.child.ts',
      'commits hang',
    );
    await until('a commit hangs', 120_000, () => engine.stderr().includes('hindered'));
    engine.child.kill('SIGTERM');
    await until('it drains', 10_000, () => engine.stderr().includes('draining'));
    const drains = Date.now();
    await until('the second signal is another one', 5_000, () => Date.now() - drains > 600);
    engine.child.kill('SIGTERM');
    expect(await engine.ended).toBe(130);
    expect(Date.now() - drains).toBeLessThan(5_000);
  }, 180_000);
});
