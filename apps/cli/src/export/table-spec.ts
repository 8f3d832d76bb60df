/** A DuckDB type. Lists and maps stay what they are in Parquet; in CSV they are JSON text. */
export type ColumnType =
  | 'VARCHAR'
  | 'DOUBLE'
  | 'BOOLEAN'
  | 'TIMESTAMP'
  | 'DATE'
  | 'VARCHAR[]'
  | 'MAP(VARCHAR, DOUBLE)'
  | 'MAP(VARCHAR, VARCHAR)';

export interface ColumnSpec {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
}

/** A table as it is written into a file of its name. */
export interface TableSpec {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ColumnSpec[];
  /** Columns by which the file is sorted. */
  readonly sortedBy: readonly string[];
}

/**
 * Values by column; absent and `undefined` are null. A TIMESTAMP is given in ms since the epoch, a DATE as YYYY-MM-DD, a map
 * as a plain object.
 */
export type Row = Readonly<Record<string, unknown>>;

export const fileFormats = ['parquet', 'csv'] as const;
export type FileFormat = (typeof fileFormats)[number];
