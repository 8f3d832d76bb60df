import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { run } from '#apps/cli';
import { temporaryFolder } from '#testing';
import { households } from '../support/households.js';
import { recordingTerminal } from '../support/recording-terminal.js';
import { chosen, liveTheYear, yearEnd } from './lived-year.js';
import { markdownTable, pageFile, questionsIn, withTables } from './page.js';

function open(connection: DuckDBConnection | undefined): DuckDBConnection {
  if (connection === undefined) throw new Error('DuckDB was not opened');
  return connection;
}

const page = readFileSync(pageFile, 'utf8');
const questions = questionsIn(page);

/** Where a definition or a rule changed what is decided: `UPDATE_ANALYSTS=1 npm test -- test/analysts` prints the tables anew. */
describe('docs/analysts.md', () => {
  const folder = temporaryFolder('analysts');
  const printed = new Map<string, string>();
  let connection: DuckDBConnection | undefined;

  const asked = async (sql: string) => {
    const result = await open(connection).runAndReadAll(sql.replaceAll("'export/", `'${folder}/export/`));
    return { columns: result.columnNames(), rows: result.getRowsJson() };
  };

  beforeAll(async () => {
    const data = join(folder, 'data');
    await liveTheYear(data);
    const terminal = recordingTerminal({ PERENNIAL_DATA: data }, '');
    const what = ['customers', 'transitions', 'actions', 'facts'];
    const options = ['--at', new Date(yearEnd).toISOString(), '--to', join(folder, 'export')];
    expect([await run(['export', ...what, ...options], terminal, ''), terminal.stderr()]).toEqual([
      0,
      expect.stringMatching(/facts\.parquet: 1,\d{3} rows/),
    ]);
    connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const { title, sql } of questions) {
      const { columns, rows } = await asked(sql);
      printed.set(title, markdownTable(columns, rows));
    }
    if (process.env['UPDATE_ANALYSTS']) writeFileSync(pageFile, withTables(page, printed));
  }, 600_000);
  afterAll(() => connection?.closeSync());

  it('works out ten questions', () => {
    expect(questions.map(({ title }) => Number.parseInt(title))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  for (const { title, table } of questions)
    it(`prints what its query gives: ${title}`, () => {
      expect(printed.get(title)?.split('\n').length).toBeGreaterThan(3);
      expect(table).toBe(printed.get(title));
    });

  it('counts cohorts as the carried files have them', async () => {
    const cohorts = new Map<string, number>();
    for (const [id, { days }] of households()) {
      const cohort = days[0]?.slice(0, 7);
      if (chosen(id) && cohort !== undefined) cohorts.set(cohort, (cohorts.get(cohort) ?? 0) + 1);
    }
    const { rows } = await asked(questions[4]?.sql ?? '');
    expect(rows.map(([cohort, customers]) => [cohort, Number(customers)])).toEqual([...cohorts].sort());
  });

  it('finds the whole revenue of the carried files', async () => {
    let spent = 0;
    for (const [id, { spend }] of households()) if (chosen(id)) spent += spend;
    const { rows } = await asked(questions[5]?.sql ?? '');
    expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBeCloseTo(spent, 0);
  });
});
