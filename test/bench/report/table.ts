import { names, type Name } from '../tournament.js';
import { settingLine } from './machine.js';
import { picture } from './picture.js';
import { count, type Report } from './report.js';
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

export const comparison = (summary: Summary): Report => ({
  section: 'compare',
  measured: measured(summary),
  cells: cells(summary),
  notes: ratios(summary),
  picture: picture(summary, labels),
});

function cells({ contestants }: Summary): readonly (readonly string[])[] {
  const shown = (value: number | null) => (value === null ? '–' : count(value));
  const body = names.flatMap((name) => {
    const row = contestants[name];
    return row ? [[labels[name], ...columns.map(([, of]) => shown(of(row)))]] : [];
  });
  return [['', ...columns.map(([name]) => name)], ...body];
}

function ratios({ ratioToCeiling, ratioToPeer, ratioToPeerSameJob, ratioToNaive, memoryToPeer }: Summary) {
  const said: readonly (readonly [string, number | null])[] = [
    ['Perennial to the ceiling', ratioToCeiling],
    ['to Kafka Streams', ratioToPeer],
    ["to Kafka Streams with the peer's own job", ratioToPeerSameJob],
    ['to naive Nest', ratioToNaive],
    ['memory, to that of Kafka Streams', memoryToPeer],
  ];
  return said.flatMap(([what, value]) => (value === null ? [] : [`${what}: ${value} ×`]));
}

function measured({ load, rounds, setting, latencyRate, contestants: { naive } }: Summary): string {
  return [
    `${count(load.events)} events of ${count(load.customers)} customers (${load.shape}), ${load.bytesPerEvent} bytes each`,
    ...(naive ? [`the naive service took the last ${count(naive.events)}`] : []),
    `medians of ${rounds} round${rounds === 1 ? '' : 's'}`,
    ...(latencyRate === null ? [] : [`latencies at ${count(latencyRate)} events/s`]),
    settingLine(setting),
  ].join('; ');
}
