import { fill, openArena, partitions, type Arena } from './arena.js';
import { buildPeer } from './contestants/peer.js';
import type { Contestant } from './contestants/contestant.js';
import type { LoadShape } from './load/who.js';
import { latencyAt, type Latency } from './measure/latency.js';
import { root } from '../support/processes.js';
import { setting } from './report/machine.js';
import { summarise, type Summary } from './report/summary.js';
import { tournament, type Entries, type Name } from './tournament.js';

export interface CompareOptions {
  readonly events: number;
  readonly load: LoadShape;
  readonly rounds: number;
  readonly seed: number;
  readonly naiveEvents: number;
  readonly latency: boolean;
  readonly peerDir?: string;
}

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
    return summarise({ entries, latencies, latencyRate, load, setting: where });
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
