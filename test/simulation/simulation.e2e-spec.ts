import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '#testing';
import { rowsOf, type Counts } from './census.js';
import { mutations } from './mutations.js';

/** `SEEDS=600 npm test -- test/simulation` for a short run. */
const seeds = Number(process.env['SEEDS'] ?? 10_000);
const root = fileURLToPath(new URL('../..', import.meta.url));
const [node, ...command] = [
  'node_modules/.bin/node',
  '--conditions=source',
  '--experimental-transform-types',
  '--no-warnings',
  'libs/testing/src/child/run-typescript.mjs',
  '../../../../test/simulation/main.ts',
];
const env = { ...process.env, NODE_COMPILE_CACHE: join(temporaryFolder('simulation'), 'code') };

interface Told {
  readonly broken: boolean;
  readonly out: string;
  readonly err: string;
}

/** What the command prints, and whether a promise was broken. */
async function simulate(...options: readonly string[]): Promise<Told> {
  try {
    const { stdout, stderr } = await promisify(execFile)(node, [...command, ...options], { cwd: root, env });
    return { broken: false, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code !== 1 || !/^again: /m.test(stderr)) throw error;
    return { broken: true, out: stdout, err: stderr };
  }
}

async function holds(
  ...options: readonly string[]
): Promise<{ readonly made: Counts; readonly runs: number }> {
  const { broken, out, err } = await simulate(...options, '--output', 'json');
  expect(broken ? err : '').toBe('');
  return JSON.parse(out) as { made: Counts; runs: number };
}

describe('whatever becomes of processes, calls and clocks, log and store hold what an independent fold says', () => {
  test(`in ${seeds} short lives with up to two faults, in which each fault was made at each of its places`, async () => {
    const { made, runs } = await holds('--seeds', String(seeds), '--jobs', '2');
    expect(runs).toBe(seeds);
    const missing = rowsOf(made).flatMap(({ fault, missing: places }) =>
      places.map((place) => `${fault}: ${place}`),
    );
    if (seeds >= 10_000) expect(missing).toEqual([]);
  }, 1_200_000);

  test('in longer ones with up to twelve', async () => {
    const extent = ['--events', '60', '--faults', '12'];
    expect(await holds('--from', '100000', '--seeds', '120', '--jobs', '2', ...extent)).toMatchObject({
      runs: 120,
    });
  }, 240_000);

  test('and wherever in a life a process dies: at every step of it', async () => {
    const { runs } = await holds(
      '--from',
      '7',
      '--seeds',
      '2',
      '--jobs',
      '2',
      '--events',
      '8',
      '--faults',
      '0',
      '--crash-at',
      'every',
    );
    expect(runs).toBeGreaterThan(400);
  }, 240_000);
});

describe('the simulation notices a protocol that', () => {
  test.each(mutations)(
    '$name',
    async ({ name, first = 1, extent = [] }) => {
      const { broken } = await simulate('--mutation', name, '--from', String(first), ...extent);
      expect(broken).toBe(true);
    },
    240_000,
  );
});

test('what it notices is repeated by the one command that it prints', async () => {
  const { err } = await simulate('--mutation', 'takes a batch in doubt for done');
  const [, again = ''] = /^again: npm run simulate -- (.+)$/m.exec(err) ?? [];
  const options = [...again.matchAll(/'([^']+)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  expect(options).toContain('--from');
  expect(await simulate(...options)).toMatchObject({ broken: true, err });
}, 60_000);
