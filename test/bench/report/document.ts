import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Puts the text between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` of a Markdown file, in place of what stands there.
 * @throws Error when the marks are not there.
 */
export function replaceSection(file: string, name: string, text: string): void {
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const before = readFileSync(file, 'utf8');
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end}`);
  writeFileSync(file, `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`);
}

/** Head and body as a Markdown table whose first column is text. */
export function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const rule = `|${head.map((_, n) => (n === 0 ? '---|' : '---:|')).join('')}`;
  return [line(head), rule, ...body.map(line)].join('\n');
}
