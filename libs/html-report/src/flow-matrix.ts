import { flowsOf, flowTable } from './flows.js';
import { shortly } from './format.js';
import { clipped, framed, width, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import { strongestShade } from './palette.js';
import type { FlowMatrix } from './picture.js';

const left = 190;
const top = 58;
const tall = 40;

/** Cells are shaded by their share of the row's name, so that small groups are seen, too. */
export function drawFlowMatrix(picture: FlowMatrix, sheet: Sheet): Markup {
  const flows = flowsOf(picture);
  const { names } = flows;
  const wide = (width - left - 20) / Math.max(1, names.length);
  const most = Math.max(4, Math.floor(wide / 8));
  const values = new Map(flows.flows.map(({ from, to, value }) => [JSON.stringify([from, to]), value]));
  const middle = (column: number) => left + (column + 0.5) * wide;
  const heads = names.map(
    (name, i) =>
      markup`<text class="mid strong" x="${middle(i)}" y="${top - 12}">${clipped(name, most)}</text>`,
  );
  const rows = names.map((from, row) => {
    const y = top + row * tall;
    const cells = names.map((to, column) => {
      const value = values.get(JSON.stringify([from, to])) ?? 0;
      const shade = (strongestShade * value) / (flows.from.get(from) ?? Infinity);
      const text = value === 0 ? '·' : shortly(value, picture.value.format);
      return markup`<rect class="cell${row === column ? ' same' : ''}" x="${left + column * wide + 1}" y="${y + 1}" width="${wide - 2}" height="${tall - 2}" rx="3"/><rect class="shade" x="${left + column * wide + 1}" y="${y + 1}" width="${wide - 2}" height="${tall - 2}" rx="3" fill-opacity="${shade}"/><text class="mid${value === 0 ? ' quiet' : ''}" x="${middle(column)}" y="${y + tall / 2 + 5}">${text}</text>`;
    });
    return markup`<text class="end strong" x="${left - 12}" y="${y + tall / 2 + 5}">${clipped(from, 22)}</text>${cells}`;
  });
  const sides = markup`<text class="end quiet" x="${left - 12}" y="${top - 12}">${clipped(picture.sides[0], 22)} ↓</text><text class="start quiet" x="${left}" y="18">${picture.sides[1]} →</text>`;
  const height = top + names.length * tall + 10;
  return framed(sheet, { ...picture, height, drawing: [sides, heads, rows], ...flowTable(picture, flows) });
}
