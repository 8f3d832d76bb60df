import { names, type Name } from '../tournament.js';
import type { Row, Summary } from './summary.js';

export const labels: Readonly<Record<Name, string>> = {
  ours: 'Perennial, all programmes',
  sameJob: "Perennial, the peer's job",
  ceiling: 'ceiling (kafkajs)',
  naive: 'naive Nest',
  peer: 'Kafka Streams',
};

const columns: readonly (readonly [string, (row: Row) => number | null])[] = [
  ['events/s', (row) => row.perSecond],
  ['slowest', (row) => row.slowest],
  ['fastest', (row) => row.fastest],
  ['CPU s/M', (row) => row.cpuPerMillion],
  ['broker CPU s/M', (row) => row.brokerCpuPerMillion],
  ['outputs/event', (row) => row.outputsPerEvent],
  ['peak MiB', (row) => row.rssMb],
  ['own MiB', (row) => row.ownMb],
  ['p50 ms', (row) => row.p50Ms],
  ['p99 ms', (row) => row.p99Ms],
];

/** Head and body of the table, a contestant a row. */
export function cells({ contestants }: Summary): readonly (readonly string[])[] {
  const shown = (value: number | null) => (value === null ? '–' : value.toLocaleString('en'));
  const body = names.flatMap((name) => {
    const row = contestants[name];
    return row ? [[labels[name], ...columns.map(([, of]) => shown(of(row)))]] : [];
  });
  return [['', ...columns.map(([name]) => name)], ...body];
}

/** What is said of the ratios, a line each. */
export function ratios({
  ratioToCeiling,
  ratioToPeer,
  ratioToPeerSameJob,
  ratioToNaive,
  memoryToPeer,
}: Summary) {
  const said: readonly (readonly [string, number | null])[] = [
    ['to the ceiling', ratioToCeiling],
    ['to Kafka Streams', ratioToPeer],
    ["to Kafka Streams, the peer's job", ratioToPeerSameJob],
    ['to naive Nest', ratioToNaive],
    ['memory, to Kafka Streams', memoryToPeer],
  ];
  return said.flatMap(([what, value]) => (value === null ? [] : [[what, `${value} ×`] as const]));
}

/** One line on what was measured. */
export function measuredOn({ load, rounds, setting: s, latencyRate }: Summary): string {
  const count = (n: number) => n.toLocaleString('en');
  const latency = latencyRate === null ? '' : `; latencies at ${count(latencyRate)} events/s`;
  return (
    `${count(load.events)} events of ${count(load.customers)} customers (${load.shape}, ${load.bytesPerEvent} bytes each), ` +
    `median of ${rounds} round${rounds === 1 ? '' : 's'}${latency}. ${s.date}, commit ${s.commit ?? 'unknown'}, ` +
    `${s.cores} cores (${s.processor}), ${s.memoryGb} GB, load average ${s.loadAverage} before; Node ${s.node}, Kafka ${s.kafka}`
  );
}

export function asText(summary: Summary): string {
  const rows = cells(summary);
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  ');
  const told = ratios(summary).map(([what, value]) => `${what}: ${value}`);
  return [...rows.map(line), '', ...told, '', measuredOn(summary), ''].join('\n');
}
