import type { ChildProcess } from 'node:child_process';
import { openEmbedded, type Embedded } from '#store-embedded';
import { forkCompiled, killHard, temporaryFolder, until } from '#testing';
import {
  batchOf,
  customers,
  documentAfter,
  group,
  idOf,
  inputs,
  partitions,
  recordsPerBatch,
  stride,
} from './committing.given.js';

/** `KILL_ROUNDS=200 npm test -- libs/store-embedded/src/kill` for a long run. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 20);

/** The highest acknowledged number by kind, and by partition where batches are meant. */
type Acknowledged = Map<string, number>;

function started(path: string): { child: ChildProcess; acknowledged: () => Acknowledged } {
  const child = forkCompiled(new URL('./committing.child.ts', import.meta.url), path);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  const acknowledged = () =>
    new Map(
      out
        .split('\n')
        .slice(0, -1)
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    );
  return { child, acknowledged };
}

async function drained(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.stdout?.once('close', resolve));
  await killHard(child);
  await ended;
}

/** Checks that every batch is whole, and returns the number of the last one. */
async function lastWholeBatch({ log, store }: Embedded, partition: number): Promise<number> {
  const [{ in: offsets = [] }, range] = await Promise.all([
    log.groupOffsets(group, inputs),
    log.range('out'),
  ]);
  const last = Math.max(0, offsets[partition] ?? 0) / stride;
  const values: string[] = [];
  for await (const chunk of log.read('out', partition, 0, range[partition]!.end))
    values.push(...chunk.map(({ value }) => value!.toString().split(' ')[0]!));
  expect(values).toEqual(
    Array.from({ length: last * recordsPerBatch }, (_, n) => {
      const batch = Math.floor(n / recordsPerBatch) + 1;
      return `${batch}/${n % recordsPerBatch}`;
    }),
  );
  const ids = Array.from({ length: customers }, (_, n) => idOf(partition, n));
  const expected = ids.flatMap((_, n) => documentAfter(partition, n, last) ?? []);
  expect([...(await store.load(ids)).values()]).toEqual(expected);
  const timers = expected.map(({ id, state }) => ({ customer: id, ...state.timers[0]! }));
  expect(await store.due(partition, Infinity, 1_000)).toEqual(timers.sort((a, b) => a.due - b.due));
  const { intent } = await store.claim(partition);
  expect(intent).toEqual(last > 0 ? batchOf(partition, last).intent : undefined);
  return last;
}

describe(`a process killed ${rounds} times while it commits`, () => {
  it(
    'leaves every acknowledged batch, and no part of another',
    async () => {
      const path = temporaryFolder('kill');
      let next = started(path);
      let total = 0;
      for (let round = 0; round < rounds; round++) {
        const { child, acknowledged } = next;
        child.send('go');
        await until('a first acknowledgement', 20_000, () => acknowledged().size > 0);
        // The next one loads its code meanwhile.
        next = started(path);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
        await drained(child);

        const seen = acknowledged();
        const embedded = await openEmbedded({ path, engine: true });
        total = 0;
        for (let partition = 0; partition < partitions; partition++) {
          const last = await lastWholeBatch(embedded, partition);
          expect(last).toBeGreaterThanOrEqual(seen.get(`batch ${partition}`) ?? 0);
          total += last;
        }
        const published = seen.get('published') ?? -1;
        expect((await embedded.log.range('published'))[0]!.end).toBeGreaterThan(published);
        const recorded = seen.get('recorded') ?? -1;
        if (recorded >= 0) expect(await embedded.store.records('kept').get(`key ${recorded}`)).toBe(recorded);
        await embedded.close();
      }
      await killHard(next.child);
      expect(total).toBeGreaterThan(rounds * 2);
    },
    30_000 + rounds * 10_000,
  );
});
