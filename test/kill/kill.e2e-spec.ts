import { join } from 'node:path';
import { temporaryFolder } from '#testing';
import { Lane } from './lane.js';

/** `KILLS=2000 npm test -- test/kill` for a long run; `KILL_SEED` for the same load and the same lives. */
const kills = Number(process.env['KILLS'] ?? 200);
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
const lanes = 2;
const examineEvery = 25;

describe(`engines on the embedded folder, killed with -9 ${kills} times at random instants (KILL_SEED=${seed})`, () => {
  it(
    'lose nothing, double nothing, and keep the order',
    async () => {
      const folder = temporaryFolder('kill');
      process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'code');
      const all = Array.from({ length: lanes }, (_, n) => new Lane(join(folder, `data-${n}`), seed + n));
      try {
        const figures = await Promise.all(all.map((lane) => lived(lane, Math.ceil(kills / lanes))));
        for (const { broken } of figures) expect(broken.slice(0, 12)).toEqual([]);
        if (kills < lanes * examineEvery) return;
        for (const phase of ['opening', 'recovering', 'working'] as const)
          expect([phase, all.reduce((sum, { killed }) => sum + killed[phase], 0)]).not.toEqual([phase, 0]);
        for (const { batches } of figures) expect(batches).toBeGreaterThan(kills / lanes);
      } finally {
        await Promise.all(all.map((lane) => lane.close()));
      }
    },
    600_000 + kills * 10_000,
  );
});

async function lived(lane: Lane, kills: number) {
  for (let n = 1; n <= kills; n++) {
    await lane.killOne();
    if (n % examineEvery > 0) continue;
    const figures = await lane.examined(false);
    if (figures.broken.length > 0) return figures;
  }
  await lane.finish();
  return lane.examined(true);
}
