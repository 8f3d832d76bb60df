import { markup, type Markup } from './markup.js';
import type { Comparisons } from './report.js';

export function drawComparisons({ title, sides, items, note }: Comparisons): Markup {
  const side = (heading: string, lines: readonly string[]) =>
    markup`<div><h5>${heading}</h5>${lines.length === 0 ? markup`<p class="empty">Nothing.</p>` : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`}</div>`;
  const drawn = items.map(
    ({ name, summary, left, right }) =>
      markup`<article class="comparison"><h4>${name}</h4><p>${summary}</p><div class="sides">${side(sides[0], left)}${side(sides[1], right)}</div></article>`,
  );
  return markup`<div class="comparisons"><h3>${title}</h3>${items.length === 0 ? markup`<p class="empty">Nothing to show.</p>` : drawn}${note === undefined ? undefined : markup`<p class="note">${note}</p>`}</div>`;
}
