import { Option } from 'commander';
import type { Terminal } from './terminal.js';

export const formats = ['table', 'json', 'ndjson'] as const;
export type Format = (typeof formats)[number];

export const outputOption = () =>
  new Option('-o, --output <format>', 'how to print the result').choices(formats).default('table');

export type Row = object;

/** Rows as an aligned table, as one JSON array, or as one JSON object a line. */
export async function printRows(
  terminal: Terminal,
  format: Format,
  rows: readonly Row[],
  columns: readonly string[],
): Promise<void> {
  switch (format) {
    case 'json':
      return terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
    case 'ndjson':
      for (const row of rows) await terminal.out(`${JSON.stringify(row)}\n`);
      return;
    case 'table':
      return terminal.out(table(rows, columns));
  }
}

/** One object: as JSON (indented), as one line of JSON, or as people read it. */
export async function printOne(
  terminal: Terminal,
  format: Format,
  value: unknown,
  asText: () => string,
): Promise<void> {
  switch (format) {
    case 'json':
      return terminal.out(`${JSON.stringify(value, null, 2)}\n`);
    case 'ndjson':
      return terminal.out(`${JSON.stringify(value)}\n`);
    case 'table':
      return terminal.out(asText());
  }
}

/** Columns padded to their widest cell, numbers to the right; a heading line even without rows. */
export function table(rows: readonly Row[], columns: readonly string[]): string {
  const cells = rows.map((row) => columns.map((column) => cell(valueOf(row, column))));
  const numeric = columns.map(
    (column) => rows.length > 0 && rows.every((row) => typeof valueOf(row, column) === 'number'),
  );
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((line) => line[i]?.length ?? 0)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => (numeric[i] ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [columns, ...cells].map((texts) => `${line(texts)}\n`).join('');
}

/** One cell's text on one line. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return printable(value);
  return printable(typeof value === 'number' ? String(value) : JSON.stringify(value));
}

/** Text on one line; control characters of foreign data never reach the terminal. */
export const printable = (text: string): string => text.replace(/[\u0000-\u001F\u007F-\u009F]/g, '�');

const valueOf = (row: Row, column: string): unknown => (row as Readonly<Record<string, unknown>>)[column];
