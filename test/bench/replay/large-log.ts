import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEvent, homePartition, orderTopic, structuredHeaders, topicSpecs } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import type { OutboundRecord } from '#pipeline';
import { openEmbedded } from '#store-embedded';
import { perennial, timed, type Timed } from './live-and-replay.js';

const partitions = 8;
const perBatch = 1_000;
const topic = 'purchase.events.v1';
const start = Date.UTC(2025, 0, 6, 12);
const year = 365 * 86_400_000;

export interface LargeMeasured extends Timed {
  readonly customers: number;
  /** Greatest resident set of the replaying process, MB, mapped files included. */
  readonly peakRssMb: number;
}

/**
 * A log of so many orders of a tenth as many customers over a year, with its order records as an engine would have written
 * them, replayed in this process. Without outputs: nobody folded it before.
 */
export async function largeLog(events: number, said: (what: string) => void): Promise<LargeMeasured> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-large-'));
  try {
    said(`writing ${events.toLocaleString('en')} events`);
    await write(folder, events);
    said('replaying them');
    const measured = await timed(events, () => perennial(folder, 'replay', '--jobs', '1'));
    const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1_024);
    return { ...measured, customers: Math.ceil(events / 10), peakRssMb };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(folder: string, events: number): Promise<void> {
  const embedded = await openEmbedded({ path: folder });
  const { log, store } = embedded;
  try {
    await log.createTopics(topicSpecs('', partitions));
    const definition = loadDefinition(bundledDefinition());
    await store.registerDefinition({ ...definition, source: bundledDefinition() });
    const { rules } = createLifecycle(definition);
    const customers = Math.ceil(events / 10);
    const done = Array.from({ length: partitions }, () => ({ offset: 0, number: 0, from: 0 }));
    let waiting: OutboundRecord[] = [];
    for (let n = 0; n < events; n++) {
      const subject = `customer-${(n * 7_919) % customers}`;
      const at = start + Math.floor((n / events) * year);
      const partition = homePartition(subject, partitions);
      waiting.push(order(subject, n, at, partition));
      const home = done[partition]!;
      home.offset += 1;
      if (home.offset - home.from === perBatch || n === events - 1) {
        for (const [index, state] of done.entries())
          if (index === partition || n === events - 1)
            if (state.offset > state.from)
              waiting.push(
                batch(index, ++state.number, state.from, (state.from = state.offset), at, definition, rules),
              );
      }
      if (waiting.length >= 5_000) {
        await log.publish(waiting);
        waiting = [];
      }
    }
    await log.publish(waiting);
  } finally {
    await embedded.close();
  }
}

function order(subject: string, n: number, at: number, partition: number): OutboundRecord {
  const data = {
    orderId: `o-${n}`,
    total: 5 + (n % 80),
    currency: 'USD',
    products: [{ productId: `p-${n % 300}`, category: `c-${n % 12}`, price: 5, quantity: 1 }],
  };
  const time = new Date(at).toISOString();
  return {
    ...{ topic, partition, key: subject, headers: structuredHeaders },
    value: encodeEvent({
      ...{ specversion: '1.0', id: `o-${n}`, source: '/bench', type: 'order.completed.v1' },
      ...{ subject, time, data },
    }),
  };
}

function batch(
  partition: number,
  number: number,
  from: number,
  to: number,
  at: number,
  { name, version, hash }: { readonly name: string; readonly version: number; readonly hash: string },
  rules: number,
): OutboundRecord {
  const time = new Date(at).toISOString();
  const data = {
    ...{ group: 'bench', partition, number, slices: { [topic]: [from, to] }, watermark: time, now: time },
    ...{ definition: { name, version, hash }, rules },
    counts: { records: to - from, rerouted: 0, outputs: 0 },
  };
  return {
    ...{ topic: orderTopic, partition, key: String(partition), headers: structuredHeaders },
    value: encodeEvent({
      ...{ specversion: '1.0', id: `bench/${partition}/${number}`, source: '/perennial' },
      ...{ type: 'batch.applied.v1', subject: String(partition), time, data },
    }),
  };
}
