import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { topicSpecs } from '#contracts';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder, until } from '#testing';
import { factsOfAll, published, recordOf } from '../support/embedded-engine.js';
import { profiles, year } from '../support/year.js';
import { engineProcess } from './engine-process.given.js';

const MINUTE = 60_000;
const everyone = year(60, 3);
const records = [...profiles(everyone), ...everyone].map(recordOf);

/** Sixty customers' year, published and not yet folded. */
async function backlogIn(path: string): Promise<void> {
  const { log, close } = await openEmbedded({ path });
  await log.createTopics(topicSpecs('', 2));
  await log.publish(records);
  await close();
}

/** What is known of the customers, and what was published, after an engine has caught up. */
async function caughtUp(path: string) {
  const engine = engineProcess({ PERENNIAL_DATA: path });
  await until('the engine has caught up', MINUTE, () => engine.stderr().includes('caught up'));
  expect(await engine.stop()).toMatchObject({ code: 0 });
  const { log, store, close } = await openEmbedded({ path });
  const seen = { facts: await factsOfAll(store), published: await published(log) };
  await close();
  return seen;
}

describe('a data folder that takes no more', () => {
  let undisturbed: Awaited<ReturnType<typeof caughtUp>>;
  beforeAll(async () => {
    const path = temporaryFolder('disk');
    await backlogIn(path);
    undisturbed = await caughtUp(path);
  }, 2 * MINUTE);
  const theSame = async (path: string) => {
    const { facts, published: outputs } = await caughtUp(path);
    expect(facts).toEqual(undisturbed.facts);
    expect(outputs).toHaveLength(undisturbed.published.length);
  };

  it(
    'since its file may not grow ends the engine with the reason; with more room it goes on where it was',
    async () => {
      const path = temporaryFolder('disk');
      await backlogIn(path);
      const size = statSync(join(path, 'data.mdb')).size;
      const halfway = Math.ceil((2 * size) / 512);
      const { code, stderr } = await engineProcess({ PERENNIAL_DATA: path }, { blocks: halfway }).ended;
      expect([code, stderr]).toEqual([1, expect.stringMatching(/engine ends: .*(no space|may not grow)/)]);
      await theSame(path);
    },
    2 * MINUTE,
  );

  // Mounting needs a superuser; elsewhere the limit above stands for the full disk.
  (tmpfs() ? describe : describe.skip)('on a file system of its own', () => {
    let path: string;
    const mount = (...options: readonly string[]) => {
      const { status, stderr } = spawnSync('mount', [...options, path], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    };
    beforeEach(() => {
      path = join(temporaryFolder('disk'), 'mounted');
      mkdirSync(path);
      mount('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs');
    });
    afterEach(() => void spawnSync('umount', [path]));

    it(
      'that is full ends the engine, and every start, with the reason; after room is made it goes on',
      async () => {
        await backlogIn(path);
        const size = statSync(join(path, 'data.mdb')).size;
        mount('-o', `remount,size=${2 * size}`);
        const full = /no space left for .*: free some, then start again/;
        for (const when of ['while it folds', 'when it is started again']) {
          const { code, stderr } = await engineProcess({ PERENNIAL_DATA: path }).ended;
          expect([when, code, stderr]).toEqual([when, 1, expect.stringMatching(full)]);
        }
        mount('-o', 'remount,size=64m');
        await theSame(path);
      },
      2 * MINUTE,
    );

    it(
      'that is read-only is refused at the start',
      async () => {
        await backlogIn(path);
        mount('-o', 'remount,ro');
        const { code, stderr } = await engineProcess({ PERENNIAL_DATA: path }).ended;
        expect([code, stderr]).toEqual([1, expect.stringMatching(/cannot be written by this process/)]);
        mount('-o', 'remount,rw');
        await theSame(path);
      },
      2 * MINUTE,
    );
  });
});

/** May a small file system be mounted here? */
function tmpfs(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/proc/mounts')) return false;
  const path = temporaryFolder('mount');
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status !== 0) return false;
  return spawnSync('umount', [path]).status === 0;
}
