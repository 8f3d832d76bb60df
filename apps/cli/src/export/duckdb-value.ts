import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBTimestampValue,
  LIST,
  listValue,
  MAP,
  mapValue,
  TIMESTAMP,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { ColumnType } from './table-spec.js';

const day = 86_400_000;

interface Kind {
  readonly type: DuckDBType;
  /** `undefined` where the value is not of this type. */
  readonly from: (value: unknown) => DuckDBValue | undefined;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' ? value : undefined);

const mapOf = (type: DuckDBType, read: (value: unknown) => string | number | undefined): Kind => ({
  type: MAP(VARCHAR, type),
  from: (value) =>
    typeof value === 'object' && value !== null
      ? mapValue(Object.entries(value).map(([key, each]) => ({ key, value: read(each) ?? null })))
      : undefined,
});

export const kinds: Readonly<Record<ColumnType, Kind>> = {
  VARCHAR: { type: VARCHAR, from: text },
  DOUBLE: { type: DOUBLE, from: number },
  BOOLEAN: { type: BOOLEAN, from: (value) => (typeof value === 'boolean' ? value : undefined) },
  TIMESTAMP: {
    type: TIMESTAMP,
    from: (value) =>
      typeof value === 'number' && Number.isFinite(value)
        ? new DuckDBTimestampValue(BigInt(Math.round(value)) * 1_000n)
        : undefined,
  },
  DATE: {
    type: DATE,
    from: (value) =>
      typeof value === 'string' && !Number.isNaN(Date.parse(value))
        ? new DuckDBDateValue(Math.floor(Date.parse(value) / day))
        : undefined,
  },
  'VARCHAR[]': {
    type: LIST(VARCHAR),
    from: (value) => (Array.isArray(value) ? listValue(value.map(String)) : undefined),
  },
  'MAP(VARCHAR, DOUBLE)': mapOf(DOUBLE, number),
  'MAP(VARCHAR, VARCHAR)': mapOf(VARCHAR, text),
};
