import { hostile } from './hostile.given.js';
import { Colours, dark, light, strongestShade } from './palette.js';
import { renderReport } from './render-report.js';
import type { Content } from './report.js';
import { specimen } from './specimen.given.js';

/** Every tag's name and every attribute, as a browser would tell them apart in this file. */
const tags = (html: string) =>
  new Set(
    [...html.replace(/<style>[^<]*<\/style>/, '').matchAll(/<([a-z!][a-z0-9]*)/gi)].map(
      ([, name = '']) => name,
    ),
  );

/** Attributes of drawings that hold no number where one belongs. */
const broken = (html: string) =>
  attributes(html).filter(
    ([name, value]) =>
      (drawn.has(name) && value === '') ||
      ((/^(d|transform)$/.test(name) || drawn.has(name)) && /NaN|Infinity|undefined/.test(value)),
  );
const attributes = (html: string) =>
  [...html.matchAll(/\s([a-z-]+)="([^"]*)"/gi)].map(([, name = '', value = '']) => [name, value] as const);
const drawn = new Set(['x', 'y', 'cx', 'cy', 'r', 'width', 'height', 'stroke-width', 'fill-opacity']);

describe('an HTML report', () => {
  it('names nothing that a browser would fetch or run', () => {
    for (const report of [specimen, hostile()]) {
      const html = renderReport(report);
      for (const tag of ['script', 'link', 'img', 'iframe', 'object', 'a', 'form'])
        expect(tags(html)).not.toContain(tag);
      expect(attributes(html).filter(([name]) => /^(src|href|xlink|on)/i.test(name))).toEqual([]);
      expect(html.match(/url\(|@import/)).toBeNull();
    }
  });

  it('has no tags but its own, whatever customers are called', () => {
    expect([...tags(renderReport(hostile())).difference(tags(renderReport(specimen)))]).toEqual([]);
  });

  it('draws no number that is none', () => {
    const html = renderReport(hostile());
    expect(broken(html)).toEqual([]);
  });

  it('is whole without any row', () => {
    const empty = renderReport(hostile([]));
    expect(empty.includes('Nothing to show.')).toBe(true);
    expect(broken(empty)).toEqual([]);
  });

  it('gives every picture a title, a description and the same data as a table', () => {
    const html = renderReport(specimen);
    const pictures = html.split('role="img"').length - 1;
    expect(pictures).toBe(7);
    expect(html.match(/<title id="/g)).toHaveLength(pictures);
    expect(html.match(/<desc id="/g)).toHaveLength(pictures);
    expect(html.match(/The same data as a table/g)).toHaveLength(pictures);
    expect(html.includes('<td class="n">4,105</td>')).toBe(true);
  });

  it('gives no id twice', () => {
    const ids = [...renderReport(specimen).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes numbers in full, unknown ones as a dash, and intervals with their bounds', () => {
    const table: Content = {
      kind: 'table',
      columns: [
        { label: 'n', format: 'count' },
        { label: 'share', format: 'share' },
        { label: 'cost', format: { currency: 'EUR' } },
        { label: 'day', format: 'time' },
      ],
      rows: [
        [123_456_789, { estimate: 0.123, low: 0.1, high: 0.15 }, 1234.5, Date.UTC(2026, 1, 28)],
        [undefined, NaN, Infinity, 9e15],
      ],
    };
    const cells = [
      ...renderReport({ ...specimen, sections: [{ heading: 'x', content: [table] }] }).matchAll(
        /<td[^>]*>([^<]*)</g,
      ),
    ];
    expect(cells.map(([, text]) => text?.replaceAll('\u00A0', ' '))).toEqual([
      ...['123,456,789', '12.3% (10% to 15%)', 'EUR 1,234.50', '2026-02-28'],
      ...['–', '–', '–', '–'],
    ]);
  });
});

describe('colours', () => {
  it('stay with a name through the whole report', () => {
    const colours = new Colours();
    const first = colours.of(['exploration', 'awareness']);
    expect(colours.of(['awareness', 'expansion']).get('awareness')).toBe(first.get('awareness'));
  });

  it('tell the names of one picture apart while there are colours left', () => {
    const colours = new Colours();
    colours.of(['a', 'b', 'c']);
    expect(new Set(colours.of(['d', 'e', 'a']).values()).size).toBe(3);
  });

  for (const [name, scheme] of Object.entries({ light, dark }))
    it(`are legible in the ${name} scheme: text at least 4.5 to 1, graphics at least 3 to 1`, () => {
      const { page, raised, text, quiet, accent, warning, series } = scheme;
      for (const back of [page, raised])
        for (const ink of [text, quiet]) expect(contrast(ink, back)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent, page)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, mixed(raised, accent, strongestShade))).toBeGreaterThanOrEqual(4.5);
      for (const graphic of [...series, warning]) expect(contrast(graphic, page)).toBeGreaterThanOrEqual(3);
    });
});

const channels = (colour: string) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
const mixed = (a: string, b: string, share: number) => {
  const [from, to] = [channels(a), channels(b)];
  return `#${from
    .map((each, i) =>
      Math.round(each + ((to[i] ?? 0) - each) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
};
/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
const luminance = (colour: string) => {
  const [r = 0, g = 0, b = 0] = channels(colour).map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
