import { markup, type Markup, type Part } from './markup.js';
import type { Column } from './report.js';
import { grid } from './table.js';
import type { Cell } from './value.js';
import type { Colours } from './palette.js';

/** What pictures of one report share. */
export interface Sheet {
  readonly colours: Colours;
  /** An id that nothing else on the page has. */
  readonly nextId: () => string;
}

/** Width of every picture's drawing, in its own units; text in it is 13 units high. */
export const width = 880;

interface Framed {
  readonly title: string;
  readonly description: string;
  readonly height: number;
  readonly drawing: Part;
  readonly legend?: Markup | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A picture with its heading, caption and legend, and the same data as a table to be opened below it. */
export function framed(sheet: Sheet, { title, description, height, drawing, legend, columns, rows }: Framed) {
  const id = sheet.nextId();
  const picture =
    rows.length === 0
      ? markup`<p class="empty">Nothing to show.</p>`
      : markup`<div class="scroll" role="region" tabindex="0" aria-label="${title}"><svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}t ${id}d"><title id="${id}t">${title}</title><desc id="${id}d">${description}</desc>${drawing}</svg></div>`;
  return markup`<figure><h3>${title}</h3><figcaption>${description}</figcaption>${rows.length === 0 ? undefined : legend}${picture}<details><summary>The same data as a table</summary>${grid(columns, rows, `${title}: data`)}</details></figure>`;
}

export function legendOf(
  colours: ReadonlyMap<string, string>,
  dashed: ReadonlySet<string> = new Set(),
): Markup {
  const items = [...colours].map(
    ([name, colour]) =>
      markup`<li><svg class="swatch" viewBox="0 0 22 12" aria-hidden="true">${dashed.has(name) ? markup`<path class="stroke ${colour} dashed" d="M0 6H22"/>` : markup`<rect class="fill ${colour}" y="1" width="22" height="10" rx="2"/>`}</svg>${name}</li>`,
  );
  return markup`<ul class="legend">${items}</ul>`;
}

/** A name no longer than fits; the whole of it stands in the table. */
export const clipped = (name: string, most: number): string =>
  [...name].length <= most ? name : `${[...name].slice(0, most - 1).join('')}…`;
