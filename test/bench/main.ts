import { join } from 'node:path';
import { mongo, freshDatabase, ownServer, type OwnServer } from '#testing';
import { openArena, partitions } from './arena.js';
import { ceiling } from './contestants/ceiling.js';
import type { Contestant } from './contestants/contestant.js';
import { naive } from './contestants/naive.js';
import { ours, oursAtPeersJob } from './contestants/ours.js';
import { workOff } from './measure/backlog.js';
import { publishedIn, type OutputShape } from './measure/output-shape.js';
import { orderTopic } from '#contracts';
import { buildIfStale } from '../../tools/build.mjs';

const root = join(import.meta.dirname, '../..');
const say = (line: string) => void process.stderr.write(`${line}\n`);
const events = Number(process.argv[process.argv.indexOf('--events') + 1] || 100_000) || 100_000;
if (buildIfStale(`${root}/`, process.execPath) !== 0) process.exit(1);
const load = {
  events,
  customers: Math.ceil(events / 10),
  shape: 'even' as const,
  seed: 1,
  until: Date.now() - 60_000,
};
const arena = await openArena(load, say);
let shape: OutputShape = { recordsPerEvent: 1, bytesPerRecord: 500, eventsPerTransaction: 500 };
let server: OwnServer | undefined;
const mongoUrl = async () => {
  server = await ownServer(mongo);
  return freshDatabase(server.address);
};
const contestants: Contestant[] = [
  ours(),
  oursAtPeersJob(),
  ceiling(() => shape, partitions),
  { ...naive(mongoUrl, 3_000, partitions), cleanUp: async () => server?.end() },
];
for (const contestant of contestants) {
  say(contestant.name);
  const result = await workOff(contestant, `r${contestants.indexOf(contestant)}`, arena, async (outputs) => {
    const all = await publishedIn(arena.ground.log, outputs);
    say(JSON.stringify(all));
    if (contestant === contestants[0]) {
      const batches = await publishedIn(arena.ground.log, [`${arena.ground.prefix}${orderTopic}`]);
      shape = {
        recordsPerEvent: all.records / events,
        bytesPerRecord: all.bytes / all.records,
        eventsPerTransaction: Math.round(events / batches.records),
      };
      say(JSON.stringify(shape));
    }
  });
  process.stdout.write(`${contestant.name} ${JSON.stringify(result)}\n`);
}
await arena.close();
