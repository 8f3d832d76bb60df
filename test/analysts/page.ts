import { join } from 'node:path';
import type { Json } from '@duckdb/node-api';
import { root } from '../support/processes.js';

export const pageFile = join(root, 'docs/analysts.md');

/** A worked question: its heading, its query, and the table printed below it. */
export interface Question {
  readonly title: string;
  readonly sql: string;
  readonly table: string;
}

const question = /^### (\d+\. .+)\n[^]*?```sql\n([^]*?)```\n\n?((?:\|.*\n)*)/gm;

export const questionsIn = (page: string): Question[] =>
  [...page.matchAll(question)].map(([, title = '', sql = '', table = '']) => ({ title, sql, table }));

/** The page with these tables in place of those printed, by title. */
export const withTables = (page: string, tables: ReadonlyMap<string, string>): string =>
  page.replace(question, (whole, title: string, _sql: string, table: string) => {
    const above = table === '' ? whole : whole.slice(0, -table.length);
    return `${above.trimEnd()}\n\n${tables.get(title) ?? table}${table === '' ? '\n' : ''}`;
  });

/** Rows as Markdown. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly Json[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return (
    line(columns) +
    `|${columns.map(() => '---|').join('')}\n` +
    rows.map((row) => line(row.map(text))).join('')
  );
}

const text = (cell: Json) =>
  cell === null ? '–' : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
