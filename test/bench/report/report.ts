import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable, replaceSection } from './document.js';

/** A result as people read it. */
export interface Report {
  /** Its place in docs/performance.md. */
  readonly section: 'compare' | 'growth' | 'producers';
  /** How it was measured, in one line. */
  readonly measured: string;
  /** Head and body; the first column is text. */
  readonly cells: readonly (readonly string[])[];
  readonly notes: readonly string[];
  /** SVG. */
  readonly picture?: string;
}

export function asText({ cells, notes, measured }: Report): string {
  const widths = (cells[0] ?? []).map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  ');
  return [...cells.map(line), '', ...notes, ...(notes.length > 0 ? [''] : []), measured, ''].join('\n');
}

/** Writes it into the documents of the tree. @throws Error when its place is not there. */
export function intoDocuments(root: string, report: Report): void {
  const { section, measured, cells, notes, picture } = report;
  const docs = join(root, 'docs');
  if (picture !== undefined) writeFileSync(join(docs, 'performance.svg'), picture);
  const list = notes.map((note) => `- ${note}`);
  const text = [measured, '', markdownTable(cells), '', ...list].join('\n');
  replaceSection(join(docs, 'performance.md'), section, text);
}

export const count = (value: number) => value.toLocaleString('en');
