import { homePartition } from '#contracts';
import { partitions, type Arena } from '../arena.js';
import type { Contestant } from '../contestants/contestant.js';
import { backlogOf } from '../load/load.js';
import { publishLoad } from '../load/publish-load.js';
import { go } from '../measure/go.js';
import { caughtUp, endsOf, type Ends } from '../measure/group-progress.js';

/** How long all partitions but the first take, s: with many customers in the first, and with one alone. */
export interface HotCustomer {
  readonly events: number;
  readonly evenSeconds: number;
  readonly hotSeconds: number;
  readonly ratio: number;
}

const PATIENCE_MS = 600_000;
const hot = Array.from({ length: 1_000 }, (_, n) => `hot-${n}`).find(
  (id) => homePartition(id, partitions) === 0,
);

/** The same events twice; the second time one customer has all that lie in the first partition. */
export async function hotCustomer(events: number, engine: Contestant, arena: Arena): Promise<HotCustomer> {
  const seconds: number[] = [];
  for (const kind of ['even', 'hot'] as const) {
    const field = await arena.prepare(`${kind}.`);
    const load = { events, customers: Math.ceil(events / 10), shape: 'even', seed: 5 } as const;
    const records = backlogOf(load, field.prefix);
    await publishLoad(arena.log, kind === 'hot' ? heated(records) : records, () => undefined);
    const others = withoutFirst(await endsOf(arena.admin, field.inputs));
    seconds.push(
      await go(engine, `${kind}-ours`, arena, field, async ({ group }) => {
        const begun = performance.now();
        await caughtUp(arena.admin, group, others, PATIENCE_MS);
        return Math.round(performance.now() - begun) / 1_000;
      }),
    );
  }
  const [evenSeconds = 0, hotSeconds = 0] = seconds;
  return { events, evenSeconds, hotSeconds, ratio: Math.round((hotSeconds / evenSeconds) * 100) / 100 };
}

function* heated(records: ReturnType<typeof backlogOf>) {
  for (const record of records) {
    const { key, value } = record;
    if (homePartition(String(key), partitions) !== 0) yield record;
    else
      yield {
        ...record,
        key: hot ?? '',
        value: String(value).replace(`"subject":"${String(key)}"`, `"subject":"${hot}"`),
      };
  }
}

const withoutFirst = (ends: Ends): Ends =>
  new Map([...ends].map(([topic, offsets]) => [topic, offsets.map((end, n) => (n === 0 ? 0 : end))]));
