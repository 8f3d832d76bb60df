import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { topicSpecs } from '#contracts';
import { bundledDefinition } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { endAll, engineOn, lifecycle, quiet, recordOf, type Fact } from '../support/embedded-engine.js';

const hour = 3_600_000;
const customers = 16;
const partitions = 2;
/** MB, of the old space. The command line alone, from its source, takes more than half of it. */
const heap = 60;
const start = Date.now() - 600 * 24 * hour;

/** Orders of the same customers, however many. */
const facts = (from: number, to: number): Fact[] =>
  Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    return {
      ...{ id: `o-${n}`, type: 'order.completed.v1', subject: `customer-${n % customers}` },
      at: start + n * hour * 0.5,
      data: {
        ...{ orderId: `o-${n}`, total: 20, currency: 'USD' },
        products: Array.from({ length: 6 }, (_, k) => ({
          ...{ productId: `p-${(n + k) % 50}`, category: `c-${(n + k) % 7}` },
          ...{ price: 3, quantity: 1 },
        })),
      },
    };
  });

async function folds(path: string, from: number, to: number): Promise<void> {
  const embedded = await openEmbedded({ path, engine: true });
  try {
    await embedded.log.createTopics(topicSpecs('', partitions));
    await embedded.store.registerDefinition({ ...lifecycle.definition, source: bundledDefinition() });
    await embedded.log.publish(facts(from, to).map(recordOf));
    const engine = engineOn(embedded, { partitions });
    await engine.start();
    engine.settle();
    await quiet(engine);
    await endAll();
  } finally {
    await embedded.close();
  }
}

const source = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The command line as a process of its own, from source, with so small a heap. */
async function perennial(path: string, ...args: readonly string[]) {
  const child = spawn(
    process.execPath,
    [
      ...[`--max-old-space-size=${heap}`, '--max-semi-space-size=4', '--conditions=source'],
      ...['--experimental-transform-types', '--no-warnings'],
      source('libs/testing/src/child/run-typescript.mjs'),
      new URL('../../apps/cli/src/main.ts', import.meta.url).href,
      ...args,
    ],
    { env: { ...process.env, PERENNIAL_DATA: path }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}

describe('the memory of a replay', () => {
  const path = join(temporaryFolder('bounded'), 'data');

  it.each([
    [0, 6_000],
    [6_000, 24_000],
  ])(
    'is that of the customers: after event %i, up to %i, the same small heap does',
    async (from, to) => {
      await folds(path, from, to);
      const { code, stdout, stderr } = await perennial(
        path,
        'replay',
        '--verify',
        '--jobs',
        '1',
        '--output',
        'json',
      );
      expect([code, stderr]).toEqual([0, expect.stringContaining('Verified')]);
      expect(JSON.parse(stdout)).toMatchObject({ events: to, customers, differing: 0 });
    },
    180_000,
  );
});
