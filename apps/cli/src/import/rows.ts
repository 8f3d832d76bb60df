import { bytesOf, linesOf } from '../lines.js';
import { Failure } from '../failure.js';

/** One data row of a table file, by column name. `number` counts data rows from 1. */
export interface TableRow {
  readonly number: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface RowProblem {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

const longestRow = 100_000;

/**
 * Rows of a comma-separated file with a heading line and without quoting. A row with another number of fields goes to `reject`.
 * @throws Failure when a needed column is missing.
 */
export async function* csvRows(
  path: string,
  needed: readonly string[],
  reject: (problem: RowProblem) => void,
): AsyncGenerator<TableRow> {
  let heading: string[] | undefined;
  for await (const { number: line, bytes } of linesOf(bytesOf(path), longestRow)) {
    const cells = bytes?.toString('utf8').split(',');
    if (heading === undefined) {
      heading = cells ?? [];
      const missing = needed.filter((column) => !heading?.includes(column));
      if (missing.length > 0)
        throw new Failure(`${path}: needs the columns ${needed.join(', ')}; missing: ${missing.join(', ')}`);
    } else if (cells?.length !== heading.length) {
      if (bytes?.length === 0) continue;
      reject({
        file: path,
        line,
        problem: `${cells?.length ?? 'too many'} fields, expected ${heading.length}`,
      });
    } else {
      yield { number: line - 1, fields: fieldsOf(heading, cells) };
    }
  }
  if (heading === undefined) throw new Failure(`${path}: is empty`);
}

function fieldsOf(heading: readonly string[], cells: readonly string[]): TableRow['fields'] {
  const fields: Record<string, string> = {};
  for (let i = 0; i < heading.length; i++) fields[heading[i] ?? ''] = cells[i] ?? '';
  return fields;
}
