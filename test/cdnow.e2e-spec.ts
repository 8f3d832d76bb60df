import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '#apps/engine';
import { openBackends, openLifecycles } from '#backends';
import { loadConfig } from '#config';
import { inputTopics } from '#contracts';
import { createLogger, createMetrics } from '#observability';
import { until } from '#testing';
import { run, type Terminal } from '#apps/cli';
import { root } from './support/processes.js';
import { hasCaughtUp } from './support/group-standing.js';

const fixtures = join(root, 'test/fixtures/cdnow');
const MINUTE = 60_000;

/** Frequency in purchase days after the first; recency and T in weeks. */
interface Row {
  readonly frequency: number;
  readonly recency: number;
  readonly T: number;
}

/** The table that others published, by the sample's own numbers. */
async function publishedRows(): Promise<Map<number, Row>> {
  const text = await readFile(join(fixtures, 'cdnow_customers_summary.csv'), 'utf8');
  const [, ...lines] = text.trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [id = 0, frequency = 0, recency = 0, T = 0] = line.split(',').map(Number);
      return [id, { frequency, recency, T }];
    }),
  );
}

describe('the CDNOW sample up to 1997-09-30', () => {
  let folder: string;
  let sample: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-cdnow-'));
    const text = await readFile(join(fixtures, 'CDNOW_sample.txt'), 'latin1');
    sample = text.split('\n').filter((line) => (line.trim().split(/\s+/)[2] ?? '9') <= '19970930');
    await writeFile(join(folder, 'CDNOW_sample.txt'), sample.join('\n'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it(
    'gives frequency, recency and T of all 2,357 customers as published',
    async () => {
      const env = { PERENNIAL_DATA: join(folder, 'data'), PORT: '0' };
      const config = loadConfig(env);
      const terminal: Terminal = {
        ...{ env, out: async () => undefined, say: () => undefined, progress: () => undefined },
        input: (async function* () {})(),
      };
      expect(await run(['import', 'cdnow', join(folder, 'CDNOW_sample.txt')], terminal, '')).toBe(0);

      const backends = await openBackends(config, { engine: true, clientId: 'test' });
      const lifecycles = await openLifecycles(config, backends.store);
      const logger = createLogger('silent');
      const engine = await startEngine({ config, backends, lifecycles, logger, metrics: createMetrics() });
      const found = new Map<string, Row>();
      try {
        const { log } = backends;
        await until('everything is committed', 2 * MINUTE, () =>
          hasCaughtUp(log, config.groupId, inputTopics),
        );
        for await (const { id, state } of backends.store.scan()) {
          const facts = lifecycles.current.factsOf(state, Date.parse('1997-09-30T12:00:00-04:00'));
          const weeks = (name: string) => Number(facts[name]) / 7;
          found.set(id, {
            frequency: Number(facts['frequency']),
            recency: weeks('recency'),
            T: weeks('age'),
          });
        }
      } finally {
        await engine.stop();
        await backends.close();
      }

      const rows = await publishedRows();
      const numbers = new Map(
        sample.map((line) => line.trim().split(/\s+/)).map(([id, n]) => [Number(n), id]),
      );
      expect(rows.size).toBe(2_357);
      expect(found.size).toBe(2_357);
      for (const [number, { frequency, recency, T }] of rows) {
        const ours = found.get(`cdnow-${numbers.get(number)}`);
        expect([number, ours?.frequency]).toEqual([number, frequency]);
        expect(Math.abs((ours?.recency ?? NaN) - recency)).toBeLessThan(0.00501);
        expect(Math.abs((ours?.T ?? NaN) - T)).toBeLessThan(0.00501);
      }
    },
    4 * MINUTE,
  );
});
