import { cellText } from './format.js';
import { markup, type Markup } from './markup.js';
import type { Column, Table } from './report.js';
import type { Cell } from './value.js';

export function drawTable({ title, columns, rows, note }: Table): Markup {
  return markup`<figure class="table">${title === undefined ? undefined : markup`<h3>${title}</h3>`}${grid(columns, rows, title ?? columns.map(({ label }) => label).join(', '))}${note === undefined ? undefined : markup`<p class="note">${note}</p>`}</figure>`;
}

/** The table alone, in a box of its own that scrolls where the page is narrow. */
export function grid(columns: readonly Column[], rows: readonly (readonly Cell[])[], name: string): Markup {
  const head = columns.map(
    ({ label, format }) => markup`<th scope="col"${number(format !== undefined)}>${label}</th>`,
  );
  const body = rows.map(
    (row) =>
      markup`<tr>${columns.map(({ format }, i) => {
        const text = cellText(row[i], format);
        return i === 0 && format === undefined
          ? markup`<th scope="row">${text}</th>`
          : markup`<td${number(format !== undefined)}>${text}</td>`;
      })}</tr>`,
  );
  const empty = markup`<tr><td colspan="${columns.length}" class="empty">Nothing to show.</td></tr>`;
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table><thead><tr>${head}</tr></thead><tbody>${rows.length === 0 ? empty : body}</tbody></table></div>`;
}

const number = (is: boolean) => (is ? markup` class="n"` : undefined);
