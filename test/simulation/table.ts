import type { Row } from './census.js';

interface Figures {
  readonly seeds: number;
  readonly runs: number;
  readonly events: number;
  readonly steps: number;
  readonly batches: number;
  readonly seconds: number;
}

const widest = 90;

/** The faults that were made, with where, for people. */
export function tableOf(rows: readonly Row[], figures: Figures): string {
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  const lines = rows.flatMap(({ fault, made, places, missing }) => {
    const named = places.filter(([place]) => place !== '').map(([place, count]) => `${place} ${count}`);
    const parts = [...named, ...missing.filter((place) => place !== '').map((place) => `${place} 0`)];
    const [first = '', ...more] = wrapped(parts);
    return [
      `${fault.padEnd(width)}  ${String(made).padStart(7)}  ${first}`,
      ...more.map((line) => `${''.padEnd(width + 11)}${line}`),
    ].map((line) => line.trimEnd());
  });
  const { seeds, runs, events, steps, batches, seconds } = figures;
  const summary = `${seeds} seeds, ${runs} runs, ${events} events, ${batches} batches, ${steps} steps in ${seconds} s; every promise held`;
  return [`${'fault'.padEnd(width)}  ${'made'.padStart(7)}  where`, ...lines, '', summary, ''].join('\n');
}

function wrapped(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + 2 <= widest)
      lines[lines.length - 1] = `${last}, ${part}`;
    else lines.push(part);
  }
  return lines;
}
