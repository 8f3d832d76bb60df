import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill, openArena, partitions, type Arena } from './arena.js';
import { buildPeer } from './contestants/peer.js';
import type { Contestant } from './contestants/contestant.js';
import type { LoadShape } from './load/who.js';
import { latencyAt, type Latency } from './measure/latency.js';
import { markdownTable, replaceSection } from './report/document.js';
import { setting } from './report/machine.js';
import { picture } from './report/picture.js';
import { summarise, type Summary } from './report/summary.js';
import { cells, measuredOn, ratios } from './report/table.js';
import { tournament, type Entries, type Name } from './tournament.js';

export interface CompareOptions {
  readonly events: number;
  readonly load: LoadShape;
  readonly rounds: number;
  readonly seed: number;
  readonly naiveEvents: number;
  readonly latency: boolean;
  readonly peerDir?: string;
  readonly document: boolean;
}

export const root = join(import.meta.dirname, '../..');

/** Events a customer, where it is not one each. */
const EACH = 10;

/** The whole comparison on a broker of its own, which is gone afterwards. */
export async function compare(options: CompareOptions, said: (line: string) => void): Promise<Summary> {
  const { events, load: shape, seed, rounds, naiveEvents } = options;
  const customers = shape === 'one-each' ? events : Math.ceil(events / EACH);
  const where = setting(root);
  said('starting Kafka');
  const arena = await openArena();
  try {
    let peer: Contestant | undefined;
    if (options.peerDir !== undefined) {
      said('building the peer');
      peer = await buildPeer(options.peerDir, arena.folder, partitions);
    }
    const field = await fill(arena, 'bench.', { events, customers, shape, seed }, said);
    const entries = await tournament(arena, field, { rounds, naiveEvents, peer, said });
    const latencyRate = options.latency ? halfOfSlowest(entries) : null;
    const latencies =
      latencyRate === null ? new Map() : await allLatencies(latencyRate, entries, arena, said);
    const load = { events, customers, shape, bytesPerEvent: Math.round(field.bytesPerEvent) };
    const summary = summarise({ entries, latencies, latencyRate, load, setting: where });
    if (options.document) writeDocument(summary);
    return summary;
  } finally {
    await arena.close();
  }
}

/** The naive service is left out: at half of its rate nobody else has anything to do. */
const live: readonly Name[] = ['ours', 'ceiling', 'peer'];

function halfOfSlowest(entries: Entries): number {
  const slowest = Math.min(
    ...live.flatMap((name) => entries.get(name)?.goes.map(({ perSecond }) => perSecond) ?? []),
  );
  return Math.max(100, Math.round(slowest / 200) * 100);
}

async function allLatencies(rate: number, entries: Entries, arena: Arena, said: (line: string) => void) {
  const found = new Map<Name, Latency>();
  for (const name of live) {
    const contestant = entries.get(name)?.contestant;
    if (!contestant) continue;
    said(`${name}: latency at ${rate} events/s`);
    found.set(name, await latencyAt(rate, contestant, `live-${name}`, arena));
  }
  return found;
}

function writeDocument(summary: Summary): void {
  const docs = join(root, 'docs');
  writeFileSync(join(docs, 'performance.svg'), picture(summary));
  const lines = ratios(summary).map(([what, value]) => `- ${what}: ${value}`);
  const text = [measuredOn(summary), '', markdownTable(cells(summary)), '', ...lines].join('\n');
  replaceSection(join(docs, 'performance.md'), 'compare', text);
}
