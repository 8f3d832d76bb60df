import type { Outcome, Recovery } from './run.js';

export interface FaultLine {
  readonly mode: Outcome['form']['mode'];
  readonly fault: string;
  readonly made: number;
  /** How long the fault itself lasted, a server's restart included, ms. */
  readonly medianFaultMs: number;
  /** From the fault to the next committed progress of every partition that it stopped, ms. */
  readonly medianRecoveryMs: number;
  readonly worstRecoveryMs: number;
}

/** What `npm run chaos -- --output json` prints. */
export interface Summary {
  readonly events: number;
  readonly faults: readonly FaultLine[];
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  /** Anything else that the verifier found wrong: facts, offsets, dead letters, outputs that nobody asked for. */
  readonly wrong: number;
  readonly seed: number;
  readonly runs: readonly {
    readonly mode: Outcome['form']['mode'];
    readonly engines: number;
    readonly partitions: number;
    readonly events: number;
    readonly customers: number;
    readonly batches: number;
    readonly transitions: number;
    readonly outputs: number;
    readonly deadLetters: number;
    readonly endedByThemselves: readonly string[];
    readonly seconds: number;
    readonly lost: number;
    readonly duplicated: number;
    readonly outOfOrder: number;
  }[];
}

export function summaryOf(outcomes: readonly Outcome[], seed: number): Summary {
  const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((total, it) => total + count(it), 0);
  return {
    events: sum((it) => it.published),
    faults: outcomes.flatMap(linesOf),
    lost: sum((it) => it.verdict.lost.length),
    duplicated: sum((it) => it.verdict.duplicated.length),
    outOfOrder: sum((it) => it.verdict.outOfOrder.length),
    wrong: sum((it) => it.verdict.wrong.length),
    seed,
    runs: outcomes.map(({ form, verdict, published, ended, seconds }) => ({
      mode: form.mode,
      engines: form.engines,
      partitions: form.partitions,
      events: published,
      customers: verdict.customers,
      batches: verdict.batches,
      transitions: verdict.transitions,
      outputs: verdict.outputs,
      deadLetters: verdict.deadLetters,
      endedByThemselves: ended,
      seconds: Math.round(seconds),
      lost: verdict.lost.length,
      duplicated: verdict.duplicated.length,
      outOfOrder: verdict.outOfOrder.length,
    })),
  };
}

function linesOf({ form: { mode }, recoveries }: Outcome): FaultLine[] {
  const byFault = new Map<string, Recovery[]>();
  for (const recovery of recoveries) {
    const { fault, planned } = recovery;
    const name = planned > 0 ? `${fault} for ${planned / 1_000} s` : fault;
    byFault.set(name, [...(byFault.get(name) ?? []), recovery]);
  }
  return [...byFault].map(([fault, all]) => {
    const times = all.map(({ recoveredMs }) => recoveredMs);
    return {
      mode,
      fault,
      made: all.length,
      medianFaultMs: median(all.map(({ lastedMs }) => lastedMs)),
      medianRecoveryMs: median(times),
      worstRecoveryMs: Math.max(...times),
    };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? 0) + upper) / 2);
}

/** The same for people, as Markdown, so that it can stand in `docs/reliability.md`. */
export function tableOf({ faults, runs }: Summary): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const head = [
    'mode',
    'fault',
    'made',
    'lasted, median',
    'recovered in, median',
    'worst',
    'lost',
    'duplicated',
    'out of order',
  ];
  const lines = faults.map(({ mode, fault, made, medianFaultMs, medianRecoveryMs, worstRecoveryMs }) => {
    const run = runs.find((it) => it.mode === mode);
    const counts = [run?.lost ?? 0, run?.duplicated ?? 0, run?.outOfOrder ?? 0];
    return row([
      mode,
      fault,
      made,
      seconds(medianFaultMs),
      seconds(medianRecoveryMs),
      seconds(worstRecoveryMs),
      ...counts,
    ]);
  });
  const each = runs.map(
    (it) =>
      `${it.mode}: ${it.engines} engine${it.engines > 1 ? 's' : ''}, ${it.partitions} partitions, ${it.events} events of ${it.customers} customers ` +
      `in ${it.batches} batches; ${it.outputs} outputs, ${it.transitions} of them transitions, ${it.deadLetters} dead letters; ${it.seconds} s\n`,
  );
  return `${row(head)}${row(head.map(() => '---'))}${lines.join('')}\n${each.join('')}`;
}
