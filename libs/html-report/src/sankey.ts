import { sankey, sankeyLinkHorizontal, type SankeyLinkMinimal } from 'd3-sankey';
import { flowsOf, flowTable } from './flows.js';
import { formatted } from './format.js';
import { clipped, framed, width, type Sheet } from './frame.js';
import { markup, type Markup } from './markup.js';
import type { Sankey } from './picture.js';

const margin = 190;
const top = 48;

interface Node {
  readonly side: 0 | 1;
  readonly name: string;
  readonly place: number;
}
/** Bands of what stays the same are grey, those of what changes have the colour of where they come from. */
export function drawSankey(picture: Sankey, sheet: Sheet): Markup {
  const flows = flowsOf(picture);
  const { format } = picture.value;
  const nodes: Node[] = ([0, 1] as const).flatMap((side) =>
    flows.names
      .map((name, place) => ({ side, name, place }))
      .filter(({ name }) => (side === 0 ? flows.from : flows.to).has(name)),
  );
  const indexOf = new Map(nodes.map(({ side, name }, i) => [`${side}${name}`, i]));
  const links: SankeyLinkMinimal<Node, object>[] = flows.flows.map(({ from, to, value }) => ({
    source: indexOf.get(`0${from}`) ?? 0,
    target: indexOf.get(`1${to}`) ?? 0,
    value: value / flows.total,
  }));
  const height = Math.max(320, top + 74 * flows.names.length);
  const colours = sheet.colours.of(flows.names);
  const laid =
    links.length === 0
      ? { nodes: [], links: [] }
      : sankey<Node, object>()
          .nodeWidth(14)
          .nodePadding(Math.min(24, 160 / flows.names.length))
          .nodeSort((a, b) => a.place - b.place)
          .extent([
            [margin, top],
            [width - margin, height - 12],
          ])({ nodes: nodes.map((node) => ({ ...node })), links });
  const band = sankeyLinkHorizontal<Node, object>();
  const bands = laid.links.map((link) => {
    const [from, to] = [link.source as Node, link.target as Node];
    const colour = from.name === to.name ? 'same' : (colours.get(from.name) ?? '');
    const text = `${from.name} → ${to.name}: ${formatted(link.value * flows.total, format)}`;
    return markup`<path class="band ${colour}" d="${band(link) ?? ''}" stroke-width="${Math.max(1, link.width ?? 1)}"><title>${text}</title></path>`;
  });
  const bars = laid.nodes.map(({ side, name, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => {
    const value = (side === 0 ? flows.from : flows.to).get(name) ?? 0;
    const text = `${formatted(value, format)} · ${formatted(value / flows.total, 'share')}`;
    const [at, anchor] = side === 0 ? [x0 - 10, 'end'] : [x1 + 10, 'start'];
    const middle = (y0 + y1) / 2;
    return markup`<rect class="fill ${colours.get(name)}" x="${x0}" y="${y0}" width="${x1 - x0}" height="${Math.max(1, y1 - y0)}" rx="2"/><text class="${anchor} strong" x="${at}" y="${middle - 2}">${clipped(name, 22)}</text><text class="${anchor} quiet" x="${at}" y="${middle + 14}">${text}</text>`;
  });
  const heads = markup`<text class="end quiet" x="${margin + 14}" y="16">${clipped(picture.sides[0], 34)}</text><text class="start quiet" x="${width - margin - 14}" y="16">${clipped(picture.sides[1], 34)}</text>`;
  return framed(sheet, { ...picture, height, drawing: [heads, bands, bars], ...flowTable(picture, flows) });
}
