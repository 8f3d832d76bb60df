/** A piece of HTML or SVG that is safe to put into a page. Only the tag `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | undefined | readonly Part[];

/** A template whose inserted strings are escaped; pieces of markup and lists of them are inserted as they are. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, each, i) => text + insert(parts[i - 1]) + each));
}

function insert(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return String(Math.round(part * 100) / 100);
  if (typeof part === 'string') return escaped(part);
  return part.map(insert).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters but tab and line ends, and those that turn the direction of text: a name may not rearrange the page. */
const disturbing = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(disturbing, '\uFFFD')
    .replace(/[&<>"']/g, (each) => entities[each] ?? each);
