import { temporaryFolder } from '#testing';
import { Buckets, bucketCount } from './buckets.js';

interface Row {
  readonly id: string;
  readonly of: string;
}

const rows = (of: string): Row[] => Array.from({ length: 5_000 }, (_, n) => ({ id: `id-${n}`, of }));

async function write(folder: string, writer: string, all: readonly Row[]): Promise<void> {
  const buckets = new Buckets<Row>(folder, writer);
  for (const row of all) await buckets.add(row);
  await buckets.end();
}

describe('rows in buckets', () => {
  it('are all there, those of one id together, and each bucket holds a small part', async () => {
    const folder = temporaryFolder('buckets');
    await write(folder, 'one-0', rows('first'));
    await write(folder, 'one-1', rows('second'));
    await write(folder, 'two', rows('other'));
    const seen = new Map<string, number>();
    let most = 0;
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const found: Row[] = [];
      for await (const row of Buckets.read<Row>(folder, bucket, 'one')) found.push(row);
      for (const id of new Set(found.map((row) => row.id))) {
        expect(seen.has(id)).toBe(false);
        seen.set(id, found.filter((row) => row.id === id).length);
      }
      most = Math.max(most, found.length);
    }
    expect(seen.size).toBe(5_000);
    expect(new Set(seen.values())).toEqual(new Set([2]));
    expect(most).toBeLessThan(10_000 / 8);
  });
});
