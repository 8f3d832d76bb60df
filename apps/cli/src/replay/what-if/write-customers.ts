import { createWriteStream } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defused } from '../../export/defused.js';
import type { ColumnSpec, TableSpec } from '../../export/table-spec.js';
import { Failure } from '../../failure.js';
import { exitCode } from '../../exit-code.js';
import type { CustomerRow } from './part.js';

const text = (name: keyof CustomerRow, meaning: string): ColumnSpec => ({
  ...{ name, type: 'VARCHAR', unit: '', meaning },
});
const number = (name: keyof CustomerRow, unit: string, meaning: string): ColumnSpec => ({
  ...{ name, type: 'DOUBLE', unit, meaning },
});

/** One row for each customer. `against` and `candidate` are the two sides. */
export const customerColumns: readonly ColumnSpec[] = [
  text('customer', 'Id of the customer.'),
  number('value', 'amount', 'Sum of the order totals.'),
  text('stageAgainst', 'Stage at the end.'),
  text('stageCandidate', 'Stage at the end.'),
  text('healthAgainst', 'Health at the end.'),
  text('healthCandidate', 'Health at the end.'),
  number('movesAgainst', 'count', 'Changes of stage and health.'),
  number('movesCandidate', 'count', 'Changes of stage and health.'),
  number('requestedAgainst', 'count', 'Actions requested.'),
  number('requestedCandidate', 'count', 'Actions requested.'),
  number('gained', 'count', 'Actions that the candidate alone requests in a month.'),
  number('lost', 'count', 'Actions that the other side alone requests in a month.'),
  number('contactsAgainst', 'count', 'Requests whose audience is the customer.'),
  number('contactsCandidate', 'count', 'Requests whose audience is the customer.'),
  number('costAgainst', 'amount', 'Cost of the requests.'),
  number('costCandidate', 'amount', 'Cost of the requests.'),
];

const names = customerColumns.map(({ name }) => name) as readonly (keyof CustomerRow)[];

export function csvLine(row: CustomerRow): string {
  return `${names.map((name) => cell(row[name])).join(',')}\n`;
}

export const csvHeading = `${names.join(',')}\n`;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = defused(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const kinds = ['.csv', '.ndjson', '.parquet'];

/** @throws Failure where the file's ending names no format. */
export function requireKnownEnding(file: string): void {
  if (!kinds.includes(extname(file)))
    throw new Failure(`--customers ${file}: the name must end in ${kinds.join(', ')}`, exitCode.usage);
}

/** All customers into a file, in the format that its ending names. */
export async function writeCustomers(file: string, rows: readonly CustomerRow[]): Promise<void> {
  requireKnownEnding(file);
  switch (extname(file)) {
    case '.csv':
      return pipeline(Readable.from(lines(rows, csvHeading, csvLine)), createWriteStream(file));
    case '.ndjson':
      return pipeline(
        Readable.from(lines(rows, '', (row) => `${JSON.stringify(row)}\n`)),
        createWriteStream(file),
      );
    default: {
      const { writeTable } = await import('../../export/write-table.js');
      const table: TableSpec = {
        name: basename(file, '.parquet'),
        meaning: 'Customers on both sides of a what-if.',
        columns: customerColumns,
        sortedBy: ['customer'],
      };
      await writeTable(
        dirname(file),
        table,
        'parquet',
        rows.map((row) => ({ ...row })),
      );
    }
  }
}

function* lines(rows: readonly CustomerRow[], heading: string, line: (row: CustomerRow) => string) {
  if (heading !== '') yield heading;
  for (const row of rows) yield line(row);
}
