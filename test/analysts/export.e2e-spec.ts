import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { run, type ImportedEvent } from '#apps/cli';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { recordingTerminal } from '../support/recording-terminal.js';
import { PatientEngine } from './patient-engine.js';

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 10, 12);
const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));

const buys = (subject: string, days: number): ImportedEvent => ({
  ...{ id: `${subject}-${days}`, type: 'order.completed.v1', subject, at: start + days * day },
  data: { orderId: `${subject}-${days}`, total: 20 + days, currency: 'EUR', products: [] },
});
/** One who goes on, one who falls silent, one who is erased, and one whom somebody named. */
const history: readonly ImportedEvent[] = [
  ...[0, 9, 20, 28, 41, 50, 63, 70, 82, 90].map((days) => buys('faithful', days)),
  ...[1, 8].map((days) => buys('silent', days)),
  ...[2, 12].map((days) => buys('forgotten', days)),
  { id: 'erase', type: 'customer.erased.v1', subject: 'forgotten', at: start + 30 * day, data: {} },
  {
    id: 'name',
    type: 'profile.updated.v1',
    subject: 'silent',
    at: start + 3 * day,
    data: { preferredName: 'Silent Sam' },
  },
].sort((a, b) => a.at - b.at);

/** A data folder as it was at `until`, after an engine that looked once a day; a snapshot is taken on the way. */
async function livedUntil(
  until: number,
  snapshot?: { readonly at: number; readonly to: string },
): Promise<string> {
  const folder = join(temporaryFolder('export'), 'data');
  const embedded = await openEmbedded({ path: folder });
  const engine = await PatientEngine.start(embedded, lifecycle);
  let taken = snapshot === undefined;
  for (const event of history.filter(({ at }) => at < until)) {
    if (snapshot && !taken && event.at >= snapshot.at) {
      taken = true;
      await engine.liveUntil(snapshot.at);
      const terminal = recordingTerminal({ PERENNIAL_DATA: folder }, '');
      expect(await run(['snapshot', snapshot.to], terminal, '')).toBe(0);
    }
    await engine.liveUntil(event.at);
    await engine.take([event], event.at);
  }
  await engine.liveUntil(until);
  await embedded.close();
  return folder;
}

async function exported(data: string, ...args: string[]) {
  const to = join(temporaryFolder('exported'), 'to');
  const terminal = recordingTerminal({ PERENNIAL_DATA: data }, '');
  const code = await run(['export', ...args, ...(args.includes('--to') ? [] : ['--to', to])], terminal, '');
  return { to, code, said: terminal.stderr() };
}

async function asked(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const end = start + 100 * day;
const monthEnds = [Date.UTC(2026, 1, 1), Date.UTC(2026, 2, 1), Date.UTC(2026, 3, 1)];

describe('perennial export', () => {
  let data: string;
  beforeAll(async () => {
    data = await livedUntil(end);
  });

  it('tells for the end of a month what the customers were at that moment', async () => {
    const { to } = await exported(data, 'facts');
    const zone = loadDefinition(bundledDefinition()).settings.calendar.zone;
    const offset = (at: number) =>
      at - Date.parse(new Date(at).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T') + 'Z');
    for (const month of monthEnds) {
      const at = month + offset(month);
      const then = await exported(
        await livedUntil(at - 1),
        'customers',
        '--at',
        new Date(at - 1).toISOString(),
      );
      const expected = await asked(
        `SELECT * EXCLUDE readAt FROM '${then.to}/customers.parquet' ORDER BY customer`,
      );
      const told = await asked(
        `SELECT * EXCLUDE (lastDay, snapshotAt) FROM '${to}/facts.parquet' WHERE epoch_ms(snapshotAt) = ${at} ORDER BY customer`,
      );
      expect(expected.length).toBeGreaterThan(0);
      expect(told).toEqual(expected);
    }
  });

  it('tells the same from a snapshot on, of silent customers too', async () => {
    const at = start + 35 * day;
    const saved = join(temporaryFolder('saved'), 'snapshot');
    const folder = await livedUntil(end, { at, to: saved });
    const whole = await exported(folder, 'facts', '--grain', 'week');
    const since = await exported(folder, 'facts', '--grain', 'week', '--from-snapshot', saved);
    expect([since.code, since.said]).toEqual([0, expect.any(String)]);
    const rows = async (to: string) =>
      asked(`FROM '${to}/facts.parquet' WHERE epoch_ms(snapshotAt) > ${at} ORDER BY customer, snapshotAt`);
    const expected = await rows(whole.to);
    expect(new Set(expected.map(({ customer }) => customer))).toEqual(new Set(['faithful', 'silent']));
    expect(await rows(since.to)).toEqual(expected);
    expect(
      await asked(`SELECT 1 FROM '${since.to}/facts.parquet' WHERE epoch_ms(snapshotAt) <= ${at}`),
    ).toEqual([]);
  });

  it('knows erased customers no more, and names nobody', async () => {
    const { to, code } = await exported(data, 'customers', 'facts', '--output', 'csv');
    expect(code).toBe(0);
    for (const table of ['customers', 'facts']) {
      const customers = await asked(
        `SELECT DISTINCT customer FROM '${to}/${table}.csv' WHERE epoch_ms(lastEventAt) > ${start + 40 * day}`,
      );
      expect(customers).not.toContainEqual({ customer: 'forgotten' });
      expect(await asked(`SELECT 1 FROM read_text('${to}/${table}.csv') WHERE content LIKE '%Sam%'`)).toEqual(
        [],
      );
    }
  });

  it('tells every transition and action that was published, with the reason', async () => {
    const { to } = await exported(data, 'transitions', 'actions');
    const embedded = await openEmbedded({ path: data });
    const ends = async (topic: string) => (await embedded.log.range(topic))[0]?.end;
    expect(await asked(`SELECT count(*)::INT AS n FROM '${to}/transitions.parquet'`)).toEqual([
      { n: await ends('lifecycle.transitions.v1') },
    ]);
    expect(await asked(`SELECT count(*)::INT AS n FROM '${to}/actions.parquet'`)).toEqual([
      { n: await ends('retention.actions.v1') },
    ]);
    await embedded.close();
    expect(
      await asked(
        `SELECT DISTINCT before, after FROM '${to}/transitions.parquet' WHERE customer = 'silent' AND region = 'health' AND after = 'atRisk'`,
      ),
    ).toEqual([{ before: 'well', after: 'atRisk' }]);
    expect(
      await asked(
        `SELECT 1 FROM '${to}/actions.parquet' WHERE (outcome = 'suppressed') <> (reason IS NOT NULL)`,
      ),
    ).toEqual([]);
  });

  it('changes nothing that it reads', async () => {
    const positions = async () => {
      const { log, close } = await openEmbedded({ path: data });
      const topics = (await log.topics()).map(({ name }) => name).sort();
      const found = [
        topics,
        await Promise.all(topics.map((topic) => log.range(topic))),
        await log.groupOffsets('engines', topics),
      ];
      await close();
      return found;
    };
    const before = await positions();
    await exported(data, 'customers', 'transitions', 'actions', 'facts', '--grain', 'week');
    expect(await positions()).toEqual(before);
  });

  it('overwrites no file, and says which one is there', async () => {
    const { to } = await exported(data, 'customers');
    const { code, said } = await exported(data, 'transitions', 'customers', '--to', to);
    expect([code, said]).toEqual([1, expect.stringContaining(join(to, 'customers.parquet'))]);
    expect(readdirSync(to).sort()).toEqual(['customers.parquet', 'dictionary.csv']);
  });

  it('refuses a folder that is none', async () => {
    const file = join(temporaryFolder('file'), 'file');
    writeFileSync(file, '');
    for (const to of [file, join(file, 'below')]) {
      const { code, said } = await exported(data, 'customers', '--to', to);
      expect([code, said]).toEqual([1, expect.stringMatching(/--to .*file.*, not a folder/)]);
    }
  });

  it('says that there is nothing to export where no engine was', async () => {
    const empty = join(temporaryFolder('nothing'), 'data');
    for (const table of ['customers', 'transitions', 'actions', 'facts']) {
      const { code, said, to } = await exported(empty, table);
      expect([code, said]).toEqual([1, expect.stringContaining('nothing to export')]);
      expect(existsSync(join(to, `${table}.parquet`))).toBe(false);
    }
  });

  it.each([
    [['orders'], /Allowed choices are customers, transitions, actions, facts/],
    [[], /missing required argument 'tables'/],
    [['facts', '--grain', 'year'], /Allowed choices are day, week, month/],
    [['facts', '--output', 'xlsx'], /Allowed choices are parquet, csv/],
    [['customers', '--at', 'soon'], /expected a date/],
    [['customers', '--from-snapshot', 'saved'], /only the table facts is made by a replay/],
  ])('refuses %j, saying what is allowed', async (args, message) => {
    const { code, said } = await exported(data, ...args);
    expect([code, said]).toEqual([2, expect.stringMatching(message)]);
  });

  it('asks for the folder', async () => {
    const terminal = recordingTerminal({ PERENNIAL_DATA: data }, '');
    expect(await run(['export', 'customers'], terminal, '')).toBe(2);
    expect(terminal.stderr()).toMatch(/--to <folder>/);
  });
});
