import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { temporaryFolder } from '#testing';
import type { ColumnType, Row, TableSpec } from './table-spec.js';
import { tableFile, writeTable } from './write-table.js';

const types: readonly ColumnType[] = [
  ...(['VARCHAR', 'DOUBLE', 'BOOLEAN', 'TIMESTAMP', 'DATE', 'VARCHAR[]'] as const),
  ...(['MAP(VARCHAR, DOUBLE)', 'MAP(VARCHAR, VARCHAR)'] as const),
];
const table: TableSpec = {
  name: 'things',
  meaning: 'One of each type.',
  columns: types.map((type, i) => ({ name: `c${i}`, type, unit: '', meaning: '' })),
  sortedBy: ['c0'],
};
const one: Row = {
  ...{ c0: 'it\'s "quoted", \n and more', c1: 0.1, c2: false, c3: Date.UTC(2017, 1, 28, 23, 59, 59, 999) },
  ...{ c4: '2016-02-29', c5: ['a', "b'c"], c6: { USD: 1.5 }, c7: { 'email:marketing': 'granted' } },
};

async function asked(sql: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe('writing a table', () => {
  it('gives Parquet with the types of the columns, nulls where nothing is known', async () => {
    const folder = temporaryFolder('table');
    expect(await writeTable(folder, table, 'parquet', [one, {}])).toBe(2);
    const file = tableFile(folder, table, 'parquet');
    expect((await asked(`DESCRIBE FROM '${file}'`)).map(([, type]) => type)).toEqual(types);
    const [first, second] = await asked(`FROM '${file}' ORDER BY c0 NULLS LAST`);
    expect(first?.slice(0, 6)).toEqual([
      one['c0'],
      0.1,
      false,
      '2017-02-28 23:59:59.999',
      '2016-02-29',
      one['c5'],
    ]);
    expect(second).toEqual(types.map(() => null));
    expect(
      await asked(`SELECT c6['USD'], c7['email:marketing'] FROM '${file}' WHERE c0 IS NOT NULL`),
    ).toEqual([[1.5, 'granted']]);
  });

  it('gives CSV with times in ISO 8601, and lists and maps in JSON', async () => {
    const folder = temporaryFolder('table');
    await writeTable(folder, table, 'csv', [{ ...one, c0: 'plain' }, { c0: 'unknown' }]);
    expect(readFileSync(tableFile(folder, table, 'csv'), 'utf8').split('\n')).toEqual([
      'c0,c1,c2,c3,c4,c5,c6,c7',
      `plain,0.1,false,2017-02-28T23:59:59.999Z,2016-02-29,"[""a"",""b'c""]","{""USD"":1.5}","{""email:marketing"":""granted""}"`,
      'unknown,,,,,,,',
      '',
    ]);
  });

  const texts = [
    ...['=1+1', '+49 30 1', '-2', '@SUM(A1)', "'quoted'", '\tindented', '\rreturned'],
    ...['plain', 'a=b', 'bob@shop.invalid', 'ключ'],
  ];

  it('gives CSV in which no text is a formula, and from which every text is read back as it was', async () => {
    const folder = temporaryFolder('table');
    await writeTable(
      folder,
      table,
      'csv',
      texts.map((c0) => ({ c0, c1: -1 })),
    );
    const read = `read_csv('${tableFile(folder, table, 'csv')}', all_varchar = true)`;
    const raw = (await asked(`SELECT c0, c1 FROM ${read}`)) as string[][];
    for (const [text] of raw) expect(text).not.toMatch(/^[=+\-@\t\r]/);
    expect(new Set(raw.map(([, number]) => number))).toEqual(new Set(['-1.0']));
    const back = await asked(`SELECT CASE WHEN c0[1] = '''' THEN c0[2:] ELSE c0 END FROM ${read}`);
    expect(back.map(([text]) => text).sort()).toEqual([...texts].sort());
  });

  it('gives Parquet in which every text is as it was', async () => {
    const folder = temporaryFolder('table');
    await writeTable(
      folder,
      table,
      'parquet',
      texts.map((c0) => ({ c0 })),
    );
    const read = await asked(`SELECT c0 FROM '${tableFile(folder, table, 'parquet')}'`);
    expect(read.map(([text]) => text).sort()).toEqual([...texts].sort());
  });

  it('sorts more rows than fit into memory at once, into any folder that has a name', async () => {
    const folder = join(temporaryFolder('table'), "it's a folder");
    mkdirSync(folder);
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ c0: `n${(i * 7_919) % 5_000}`, c1: i }));
    expect(await writeTable(folder, table, 'parquet', rows)).toBe(5_000);
    const file = tableFile(folder, table, 'parquet').replaceAll("'", "''");
    const read = (await asked(`SELECT c0 FROM '${file}'`)).map(([name]) => name);
    expect(read).toEqual(rows.map(({ c0 }) => c0).sort());
  });

  it('refuses a value that is not of its type, naming table, row and column, and leaves nothing behind', async () => {
    const folder = temporaryFolder('table');
    const rows = [one, { ...one, c1: 'many' }];
    await expect(writeTable(folder, table, 'parquet', rows)).rejects.toThrow(
      'table things, row 2: c1 is no DOUBLE: "many"',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
