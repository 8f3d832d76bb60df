import { names, type Name } from '../tournament.js';
import type { Row, Summary } from './summary.js';

const [width, left, right, barHeight, gap] = [760, 190, 90, 20, 8];
const colours: Readonly<Record<Name, string>> = {
  ours: '#2f7d4f',
  sameJob: '#6bb58a',
  ceiling: '#8a8f98',
  naive: '#b0763b',
  peer: '#3f6fb5',
};
const panels: readonly (readonly [string, (row: Row) => number | null])[] = [
  ['Events per second (longer is better)', (row) => row.perSecond],
  ['CPU seconds per million events', (row) => row.cpuPerMillion],
  ['Peak memory, MiB', (row) => row.rssMb],
  ['Event to action, p99 ms', (row) => row.p99Ms],
];

/** Bars of what was measured, as SVG; its colours go with a light and with a dark page. */
export function picture(summary: Summary, labels: Readonly<Record<Name, string>>): string {
  let y = 8;
  const parts: string[] = [];
  for (const [title, of] of panels) {
    const bars = names.flatMap((name) => {
      const value = summary.contestants[name] && of(summary.contestants[name]);
      return typeof value === 'number' ? [{ name, value }] : [];
    });
    if (bars.length === 0) continue;
    y += 22;
    parts.push(text(8, y, title, 'class="title"'));
    y += 10;
    const most = Math.max(...bars.map(({ value }) => value), 1);
    for (const { name, value } of bars) {
      const length = Math.max(1, ((width - left - right) * value) / most);
      const middle = y + barHeight / 2 + 4.5;
      parts.push(
        text(left - 10, middle, labels[name], 'text-anchor="end"'),
        `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${colours[name]}"/>`,
        text(left + length + 8, middle, value.toLocaleString('en')),
      );
      y += barHeight + gap;
    }
    y += 6;
  }
  const height = y + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Perennial beside its peers</title>
<style>text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }</style>
${parts.join('\n')}
</svg>
`;
}

const text = (x: number, y: number, what: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(what)}</text>`;
const escaped = (what: string) => what.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
