import { isDeepStrictEqual } from 'node:util';
import type { MemoryCluster, MemoryDatabase } from '#in-memory';
import type { Intent, LogRecord } from '#pipeline';
import { partitions } from './story.js';

interface Backends {
  readonly cluster: MemoryCluster;
  readonly database: MemoryDatabase;
}

/**
 * A batch is published as its intent fixed it, also where it was done again: the clock, the watermark, the definition, the
 * brakes, the slices. Looks at what came since the last look, which must be before the next intent is written.
 */
export class Recorded {
  readonly #seen = Array.from({ length: partitions }, () => 0);

  constructor(private readonly backends: Backends) {}

  /** What differs, in words. */
  look(): readonly string[] {
    return this.#seen.flatMap((seen, partition) => {
      const { cluster, database } = this.backends;
      const orders = cluster.partition('lifecycle.order.v1', partition);
      if (orders.length === seen) return [];
      this.#seen[partition] = orders.length;
      const { intent } = database.current<{ intent?: Intent }>('tasks', String(partition)) ?? {};
      const [told, fixed] = [toldBy(orders.at(-1)!), intent && fixedBy(intent)];
      return isDeepStrictEqual(told, fixed)
        ? []
        : [
            `partition ${partition}: its batch was published as ${show(told)}, its intent says ${show(fixed)}`,
          ];
    });
  }
}

function toldBy({ value }: LogRecord): unknown {
  const { data } = JSON.parse(value!.toString()) as { data: Record<string, unknown> };
  const { number, now, watermark, definition, brakes, slices } = data;
  const { hash } = definition as { hash: string };
  return { number, now, watermark, hash, brakes, slices };
}

function fixedBy({ number, now, watermark, definition: hash, brakes, from, to }: Intent): unknown {
  const iso = (ms: number) => new Date(ms).toISOString();
  const slices = Object.fromEntries(Object.entries(to).map(([t, end]) => [t, [from[t] ?? end, end]]));
  return { number, now: iso(now), watermark: iso(watermark), hash, brakes, slices };
}

const show = (value: unknown) => JSON.stringify(value) ?? 'nothing';
