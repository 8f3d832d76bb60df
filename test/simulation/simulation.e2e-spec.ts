import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { mutations } from './mutations.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [node, ...command] = [
  'node_modules/.bin/node',
  '--conditions=source',
  '--experimental-transform-types',
  '--no-warnings',
  'libs/testing/src/child/run-typescript.mjs',
  '../../../../test/simulation/main.ts',
];

/** What the command prints, and whether a promise was broken. */
async function simulate(...options: readonly string[]): Promise<{ broken: boolean; told: string }> {
  try {
    const { stdout } = await promisify(execFile)(node, [...command, ...options], { cwd: root });
    return { broken: false, told: stdout };
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code !== 1 || !/^seed \d+/.test(stderr ?? '')) throw error;
    return { broken: true, told: stderr ?? '' };
  }
}

describe('whatever becomes of processes, calls and clocks', () => {
  test.each([
    ['short lives with two faults', ['--seeds', '600']],
    ['longer ones with twelve', ['--from', '100000', '--seeds', '120', '--events', '60', '--faults', '12']],
  ])(
    'log and store hold what an independent fold says: %s',
    async (_, options) => {
      const { broken, told } = await simulate(...options);
      expect(broken ? told : '').toBe('');
      expect(JSON.parse(told)).toMatchObject({ seeds: Number(options[options.indexOf('--seeds') + 1]) });
    },
    240_000,
  );
});

describe('the simulation notices a protocol that', () => {
  test.each(mutations)(
    '$name',
    async ({ name, extent = [] }) => {
      expect(await simulate('--mutation', name, ...extent)).toMatchObject({ broken: true });
    },
    120_000,
  );
});
