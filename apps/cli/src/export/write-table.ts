import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBDataChunk, DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { defusedSql } from './defused.js';
import { kinds } from './duckdb-value.js';
import type { ColumnSpec, FileFormat, Row, TableSpec } from './table-spec.js';

const chunkRows = 2_048;

/** Where a table of this name is written. */
export const tableFile = (folder: string, { name }: Pick<TableSpec, 'name'>, format: FileFormat): string =>
  join(folder, `${name}.${format}`);

/**
 * Writes a table into `FOLDER/NAME.parquet` or `.csv` through DuckDB, sorted, and returns the number of rows. Rows wait in a
 * temporary database on disk, so memory stays bounded; the file appears whole or not at all. It replaces one of the same name.
 * @throws Error naming table, column and row where a value is not of its column's type
 */
export async function writeTable(
  folder: string,
  table: TableSpec,
  format: FileFormat,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<number> {
  const work = await mkdtemp(join(tmpdir(), 'perennial-export-'));
  const file = tableFile(folder, table, format);
  const partial = `${file}.partial`;
  const instance = await DuckDBInstance.create(join(work, 'rows.duckdb'), {
    memory_limit: '1GB',
    threads: '2',
  });
  try {
    const connection = await instance.connect();
    try {
      const count = await fill(connection, table, rows);
      await connection.run(copy(table, format, partial));
      await rename(partial, file);
      return count;
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
    await rm(work, { recursive: true, force: true });
    await rm(partial, { force: true });
  }
}

async function fill(
  connection: DuckDBConnection,
  table: TableSpec,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<number> {
  const { columns } = table;
  await connection.run(
    `CREATE TABLE exported (${columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', ')})`,
  );
  const appender = await connection.createAppender('exported');
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => kinds[type].type));
  let waiting: DuckDBValue[][] = [];
  let count = 0;
  const append = () => {
    if (waiting.length === 0) return;
    chunk.reset();
    chunk.setRows(waiting);
    appender.appendDataChunk(chunk);
    waiting = [];
  };
  for await (const row of rows) {
    waiting.push(columns.map((column) => valueOf(table, column, row, count)));
    count += 1;
    if (waiting.length === chunkRows) append();
  }
  append();
  appender.closeSync();
  return count;
}

function valueOf(table: TableSpec, { name, type }: ColumnSpec, row: Row, index: number): DuckDBValue {
  const value = row[name];
  if (value === undefined || value === null) return null;
  const converted = kinds[type].from(value);
  if (converted === undefined)
    throw new Error(`table ${table.name}, row ${index + 1}: ${name} is no ${type}: ${JSON.stringify(value)}`);
  return converted;
}

const nested = /\[\]$|^MAP/;

function copy({ columns, sortedBy }: TableSpec, format: FileFormat, file: string): string {
  const selected = columns.map(({ name, type }) => {
    const column = quoted(name);
    if (format === 'parquet') return column;
    if (nested.test(type)) return `to_json(${column}) AS ${column}`;
    return type === 'VARCHAR' ? `${defusedSql(column)} AS ${column}` : column;
  });
  const options =
    format === 'csv'
      ? "FORMAT csv, HEADER, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%gZ'"
      : 'FORMAT parquet, COMPRESSION zstd';
  const order =
    sortedBy.length === 0 ? '' : ` ORDER BY ${sortedBy.map((name) => `exported.${quoted(name)}`).join(', ')}`;
  return `COPY (SELECT ${selected.join(', ')} FROM exported${order}) TO ${literal(file)} (${options})`;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
