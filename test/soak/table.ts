import { burstFactor, type Soaked } from './soak.js';

const rows = 20;
const mb = (bytes: number) => (bytes / (1 << 20)).toFixed(1);
const columns = ['at', 'phase', 'events', 'lag', 'heap', 'own memory', 'resident', 'handles'];

/** A soak for people: about twenty of its samples, and what was judged. */
export function tableOf(soaked: Soaked): string {
  const { samples, burst, judged, minutes, on, rate, published, folded, deadLetters, sound } = soaked;
  const every = Math.max(1, Math.ceil(samples.length / rows));
  const cells = samples
    .filter((_, i) => i % every === every - 1)
    .map(({ seconds, phase, events, lag, heap, own, resident, handles }) => [
      `${Math.round(seconds)} s`,
      phase,
      String(events),
      String(lag),
      `${mb(heap)} MB`,
      `${mb(own)} MB`,
      `${mb(resident)} MB`,
      String(handles),
    ]);
  const widths = columns.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ');
  const verdict = (
    name: string,
    { growth, allowed, flat }: Soaked['judged']['heap'],
    unit: (n: number) => string,
  ) =>
    `${flat ? '✓' : '✗'} ${name}: ${growth < 0 ? '' : '+'}${unit(growth)} over the steady part, allowed +${unit(allowed)}`;
  const count = (n: number) => n.toFixed(1);
  const recovered = burst.recoveredMs <= burst.allowedMs;
  return [
    line(columns),
    ...cells.map(line),
    '',
    verdict('heap after garbage collection', judged.heap, (n) => `${mb(n)} MB`),
    verdict('own resident memory', judged.own, (n) => `${mb(n)} MB`),
    verdict('file handles', judged.handles, count),
    `${recovered ? '✓' : '✗'} lag after a burst of ${burstFactor} × ${rate} events/s: at most ${burst.worstLag} seen, none ` +
      `${(burst.recoveredMs / 1_000).toFixed(1)} s after its end, allowed ${Math.round(burst.allowedMs / 1_000)} s`,
    `${folded >= published && deadLetters === 0 ? '✓' : '✗'} ${published} events published, ${folded} folded, ${deadLetters} dead letters`,
    `${sound ? 'Held' : 'NOT held'}: ${minutes} minutes at ${rate} events/s on ${on}`,
    '',
  ].join('\n');
}
