import type { Content, Report } from './report.js';

/** What customers and definitions might be called by someone who means harm. */
export const hostileNames = [
  '<script>window.harmed = 1</script>',
  '"><img src=x onerror="window.harmed=1">',
  "' onmouseover='window.harmed=1",
  '</title></svg></style><script>window.harmed=1</script>',
  '</desc><a href="javascript:window.harmed=1">x</a>',
  '&lt;b&gt; &amp;',
  '\u202Egnitrevni\u0000\uD800',
  'https://harm.invalid/x.png',
  'longname'.repeat(60),
  '',
];

const axis = { label: hostileNames[0] ?? '', format: 'count' } as const;
const currency = { label: 'money', format: { currency: '<b>EUR' } } as const;

/** Every kind of content with these names, and with numbers that no picture can show. */
export function hostile(names: readonly string[] = hostileNames): Report {
  const numbers = [0, 1e300, -5, NaN, Infinity, Number.MAX_SAFE_INTEGER, 1e-9, 3, 4, 5];
  const value = (i: number) => numbers[i % numbers.length] ?? 0;
  const text = { title: names.join(' '), description: names.join(' ') };
  const sides = [names[0] ?? 'from', names[1] ?? 'to'] as const;
  const flows = names.map((from, i) => ({ from, to: names[(i + 1) % names.length] ?? '', value: value(i) }));
  const contents: Content[] = [
    {
      kind: 'table',
      title: names[3] ?? 'a',
      columns: [{ label: names[0] ?? 'a' }, { label: 'n', format: currency.format }],
      rows: names.map((name, i) => [name, value(i)]),
      note: names.join(' '),
    },
    { kind: 'sankey', ...text, sides, value: axis, order: names, flows },
    { kind: 'flowMatrix', ...text, sides, value: currency, order: [], flows },
    {
      kind: 'lines',
      ...text,
      x: axis,
      y: currency,
      series: names.map((name, i) => ({
        name,
        points: [
          { x: value(i), y: value(i + 1) },
          { x: 5, y: undefined },
          { x: 6, y: 2, low: NaN, high: 1e300 },
        ],
      })),
    },
    {
      kind: 'shares',
      ...text,
      x: { label: 'month', format: 'time' },
      value: axis,
      at: names.map((_, i) => value(i)),
      series: names.map((name) => ({ name, values: names.map((_, i) => value(i)) })),
    },
    {
      kind: 'bars',
      ...text,
      value: axis,
      categories: names,
      series: names.map((name) => ({
        name,
        values: names.map((_, i) => (i % 2 ? value(i) : { estimate: value(i), low: -1, high: 1e300 })),
      })),
    },
    {
      kind: 'reliability',
      ...text,
      series: names.map((name) => ({
        name,
        bins: [
          { predicted: 0.2, observed: NaN, count: 1e300 },
          { predicted: NaN, observed: { estimate: 0.1, low: 0, high: 1 }, count: 0 },
        ],
      })),
    },
    {
      kind: 'comparisons',
      title: names[0] ?? 'a',
      sides,
      items: names.map((name) => ({ name, summary: name, left: names, right: [] })),
    },
  ];
  return {
    title: names[3] ?? 'nothing',
    subtitle: names.join(' '),
    notice: `The notice. ${names.join(' ')}`,
    figures: names.map((name, i) => ({ label: name, value: i % 2 ? name : value(i), note: name })),
    sections: contents.map((content) => ({
      heading: names[1] ?? 'b',
      text: names.join('\n\n'),
      content: [content],
    })),
    origin: names.map((name) => [name, name] as const),
  };
}
