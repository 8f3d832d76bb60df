import { facts, type FactSpec } from '#contracts';
import { dictionaryRows, tables } from './tables.js';

const catalogue: readonly (readonly [string, FactSpec])[] = Object.entries(facts);

describe('the data dictionary', () => {
  it('has every fact of the catalogue that names no person, with its unit and meaning', () => {
    for (const table of ['customers', 'facts'])
      for (const [name, { kind, unit, definition, personal }] of catalogue) {
        const rows = dictionaryRows.filter((row) => row.table === table && row.column === name);
        const expected = { unit: kind === 'time' ? 'UTC' : unit, meaning: definition };
        expect(rows).toEqual(personal ? [] : [expect.objectContaining(expected)]);
      }
  });

  it('says of what type each fact is', () => {
    const types = {
      number: /^DOUBLE$/,
      time: /^TIMESTAMP$/,
      flag: /^BOOLEAN$/,
      text: /^VARCHAR$/,
      list: /^VARCHAR\[\]$/,
    };
    for (const { name, type } of tables.customers.columns) {
      const kind = catalogue.find(([fact]) => fact === name)?.[1].kind;
      if (kind !== undefined) expect(type).toMatch(kind === 'map' ? /^MAP\(VARCHAR, / : types[kind]);
    }
  });

  it('has each column of each table once, whatever its case, as SQL reads names', () => {
    for (const { name, columns } of Object.values(tables)) {
      const names = columns.map((column) => column.name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect(dictionaryRows.filter((row) => row.table === name)).toHaveLength(columns.length);
    }
  });

  it('leaves nothing unsaid', () => {
    for (const row of dictionaryRows) for (const text of Object.values(row)) expect(text.trim()).not.toBe('');
  });
});
