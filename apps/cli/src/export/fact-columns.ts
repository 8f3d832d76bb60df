import { facts, type FactName, type FactSpec } from '#contracts';
import type { ColumnSpec, ColumnType } from './table-spec.js';

const specs: Readonly<Record<string, FactSpec>> = facts;

/** What the catalogue's maps hold. */
const maps: Partial<Record<FactName, ColumnType>> = {
  spend: 'MAP(VARCHAR, DOUBLE)',
  complaints: 'MAP(VARCHAR, DOUBLE)',
  punchCards: 'MAP(VARCHAR, DOUBLE)',
  closedChannels: 'MAP(VARCHAR, VARCHAR)',
  consents: 'MAP(VARCHAR, VARCHAR)',
};

const types: Readonly<Record<Exclude<FactSpec['kind'], 'map'>, ColumnType>> = {
  number: 'DOUBLE',
  time: 'TIMESTAMP',
  flag: 'BOOLEAN',
  text: 'VARCHAR',
  list: 'VARCHAR[]',
};

/** Every fact of the catalogue that does not name a person, as a column of its name. */
export const factColumns: readonly ColumnSpec[] = Object.entries(specs)
  .filter(([, { personal }]) => personal !== true)
  .map(([name, { kind, unit, definition }]) => ({
    name,
    type: kind === 'map' ? (maps[name as FactName] ?? 'MAP(VARCHAR, VARCHAR)') : types[kind],
    unit: kind === 'time' ? 'UTC' : unit,
    meaning: definition,
  }));
