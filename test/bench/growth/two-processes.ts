import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshDatabase, mongo, ownServer } from '#testing';
import { fill, type Arena } from '../arena.js';
import { ours } from '../contestants/ours.js';
import { untilValue } from '../measure/until.js';
import { caughtUp, endsOf } from '../measure/group-progress.js';

/** How two engines of one group, on one MongoDB, shared a load. */
export interface TwoProcesses {
  readonly events: number;
  /** What each took of it, of 1. */
  readonly shares: readonly number[];
  readonly seconds: number;
}

const PATIENCE_MS = 600_000;

/** Starts both at once on a database server of its own, and asks each in the end how many records it took. */
export async function twoProcesses(events: number, arena: Arena): Promise<TwoProcesses> {
  const { admin } = arena;
  const load = { events, customers: Math.ceil(events / 10), shape: 'even', seed: 6 } as const;
  const field = await fill(arena, 'two.', load, () => undefined);
  const ends = await endsOf(admin, field.inputs);
  const server = await ownServer(mongo);
  const engine = ours('two', {
    MONGO_URL: freshDatabase(server.address),
    CODE_SECRET: 'benchmark'.repeat(4),
    GROUP_ID: 'two',
  });
  const folders = ['two-a', 'two-b'].map((name) => join(arena.folder, name));
  folders.forEach((folder) => mkdirSync(folder));
  const engines = await Promise.all(
    folders.map((folder) => engine.start({ ...arena, prefix: field.prefix, id: 'two', folder })),
  );
  try {
    const died = engines.map((each) => each.died);
    await Promise.race([bothIn(admin), ...died]);
    const begun = performance.now();
    await Promise.race([caughtUp(admin, 'two', ends, PATIENCE_MS), ...died]);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    const taken = await Promise.all(folders.map(recordsTaken));
    const all = taken.reduce((total, each) => total + each, 0);
    return { events, shares: taken.map((each) => Math.round((each / all) * 100) / 100), seconds };
  } finally {
    await Promise.all(engines.map((each) => each.stop()));
    await server.end();
  }
}

const bothIn = (admin: Arena['admin']) =>
  untilValue('both engines have partitions', 120_000, 50, async () => {
    const { groups } = await admin.describeGroups(['two']).catch(() => ({ groups: [] }));
    return groups.some(({ state, members }) => state === 'Stable' && members.length === 2) || undefined;
  });

/** By the engine's own metrics; where they are served stands in its log. */
async function recordsTaken(folder: string): Promise<number> {
  const [, url] = /"url":"(http:[^"]+)"/.exec(readFileSync(join(folder, 'output.log'), 'utf8')) ?? [];
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^perennial_records_total (\d+)/m.exec(metrics)?.[1]);
}
