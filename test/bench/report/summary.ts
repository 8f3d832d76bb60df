import { quantile } from '../rounds.js';
import type { Latency } from '../measure/latency.js';
import type { Entries, Entry, Name } from '../tournament.js';
import type { Setting } from './machine.js';

/** What the benchmark says, as `--output json` prints it. What was not measured is null. */
export interface Summary {
  readonly oursPerSecond: number | null;
  readonly ceilingPerSecond: number | null;
  readonly naivePerSecond: number | null;
  readonly peerPerSecond: number | null;
  readonly ratioToCeiling: number | null;
  readonly ratioToPeer: number | null;
  readonly ratioToPeerSameJob: number | null;
  readonly outputsPerEvent: number | null;
  readonly rssMb: number | null;
  readonly peerRssMb: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly peerP99Ms: number | null;
  readonly ratioToNaive: number | null;
  readonly memoryToPeer: number | null;
  /** Events per second at which latencies were measured. */
  readonly latencyRate: number | null;
  readonly rounds: number;
  readonly load: {
    readonly events: number;
    readonly customers: number;
    readonly shape: string;
    readonly bytesPerEvent: number;
  };
  readonly contestants: Readonly<Partial<Record<Name, Row>>>;
  readonly setting: Setting;
}

/** One contestant: medians over the rounds, of memory the greatest. */
export interface Row {
  readonly events: number;
  readonly perSecond: number;
  readonly slowest: number;
  readonly fastest: number;
  readonly cpuPerMillion: number;
  readonly brokerCpuPerMillion: number | null;
  readonly outputsPerEvent: number;
  readonly bytesPerOutput: number;
  /** Resident peak, mapped files included, and what of it was no file's at the end; MiB. */
  readonly rssMb: number;
  readonly ownMb: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export interface Results {
  readonly entries: Entries;
  readonly latencies: ReadonlyMap<Name, Latency>;
  readonly latencyRate: number | null;
  readonly load: Summary['load'];
  readonly setting: Setting;
}

export function summarise({ entries, latencies, latencyRate, load, setting }: Results): Summary {
  const rows: Partial<Record<Name, Row>> = {};
  for (const [name, entry] of entries) rows[name] = rowOf(entry, latencies.get(name));
  const ratio = (of: Name, to: Name) => ratioOf(entries.get(of), entries.get(to));
  const { ours, ceiling, naive, peer } = rows;
  return {
    oursPerSecond: ours?.perSecond ?? null,
    ceilingPerSecond: ceiling?.perSecond ?? null,
    naivePerSecond: naive?.perSecond ?? null,
    peerPerSecond: peer?.perSecond ?? null,
    ratioToCeiling: ratio('ours', 'ceiling'),
    ratioToPeer: ratio('ours', 'peer'),
    ratioToPeerSameJob: ratio('sameJob', 'peer'),
    outputsPerEvent: ours?.outputsPerEvent ?? null,
    rssMb: ours?.rssMb ?? null,
    peerRssMb: peer?.rssMb ?? null,
    p50Ms: ours?.p50Ms ?? null,
    p99Ms: ours?.p99Ms ?? null,
    peerP99Ms: peer?.p99Ms ?? null,
    ratioToNaive: ratio('ours', 'naive'),
    memoryToPeer: ours && peer ? hundredths(ours.rssMb / peer.rssMb) : null,
    latencyRate,
    rounds: entries.get('ours')?.goes.length ?? 0,
    load,
    contestants: rows,
    setting,
  };
}

/** Median of the rounds' own ratios: both sides of each were measured one after the other. */
function ratioOf(one: Entry | undefined, other: Entry | undefined): number | null {
  if (!one || !other) return null;
  return hundredths(
    median(one.goes.map(({ perSecond }, n) => perSecond / (other.goes[n]?.perSecond ?? NaN))),
  );
}

function rowOf({ goes, published }: Entry, latency: Latency | undefined): Row {
  const rates = goes.map(({ perSecond }) => perSecond);
  const broker = goes.flatMap(({ brokerCpuPerMillion: of }) => (of === undefined ? [] : [of]));
  const events = goes[0]?.events ?? 0;
  const { records, bytes } = published ?? { records: 0, bytes: 0 };
  return {
    events,
    perSecond: Math.round(median(rates)),
    slowest: Math.round(Math.min(...rates)),
    fastest: Math.round(Math.max(...rates)),
    cpuPerMillion: tenths(median(goes.map(({ cpuPerMillion }) => cpuPerMillion))),
    brokerCpuPerMillion: broker.length > 0 ? tenths(median(broker)) : null,
    outputsPerEvent: hundredths(records / Math.max(1, events)),
    bytesPerOutput: Math.round(bytes / Math.max(1, records)),
    rssMb: Math.round(Math.max(...goes.map(({ memory }) => memory.peakMb))),
    ownMb: Math.round(Math.max(...goes.map(({ memory }) => memory.ownMb))),
    p50Ms: latency ? tenths(latency.p50) : null,
    p99Ms: latency ? tenths(latency.p99) : null,
  };
}

const median = (values: readonly number[]) =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
const tenths = (value: number) => Math.round(value * 10) / 10;
const hundredths = (value: number) => Math.round(value * 100) / 100;
