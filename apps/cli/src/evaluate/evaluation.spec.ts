import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLifecycle } from '#lifecycle';
import { calendar, cdnowSample, cut, sourceOf } from '../fit/data-set.given.js';
import { buyingOf, materialOf } from '../fit/fit-models.js';
import { purchaseDays } from '../fit/purchases.js';
import { completeJourney } from '../import/complete-journey.js';
import { sampleFolder } from '../project.js';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';
import { atCut, type AtCut } from './at-cut.js';
import {
  aucOf,
  dayOf,
  definition,
  evaluationOf,
  expectStagesToMeanWhatTheySay,
  long,
  scoreOf,
} from './evaluation.given.js';
import type { Evaluation } from './evaluation.js';
import { tracking } from './purchases-told.js';

describe('on the CDNOW sample', () => {
  let [whole, half]: Evaluation[] = [];
  beforeAll(async () => {
    whole = await evaluationOf(cdnowSample);
    half = await evaluationOf(cdnowSample, { halves: true });
  }, long);

  test('expected purchases tell who buys again better than recency or frequency', () => {
    const found = whole!;
    expect(found).toMatchObject({ customers: 2_357, until: '1998-06-30' });
    expect(aucOf(found, 'expectedPurchases')).toBeGreaterThanOrEqual(0.772);
    expect(aucOf(found, 'recency')).toBeCloseTo(0.771, 3);
    expect(aucOf(found, 'frequency')).toBeCloseTo(0.758, 3);
    expect(aucOf(found, 'aliveProbability')).toBeCloseTo(0.687, 3);
  });

  test('of one half, stages mean what they say with the cycle of the other', () => {
    const found = half!;
    expect(found.customers + found.fittedOn).toBe(2_357);
    expect(found.cycle).toBeGreaterThan(30);
    expectStagesToMeanWhatTheySay(found);
    expect(aucOf(found, 'stageAndHealth')).toBeGreaterThanOrEqual(0.7);
  });

  test('every interval holds its value, and every customer is in one bin of each score', () => {
    const found = whole!;
    const cells = [found.all, ...found.stages, ...found.standings];
    for (const { repeatRate, spend, lift } of cells)
      for (const { low, value, high } of [repeatRate, spend, lift]) {
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
    for (const { reliability, brier } of found.scores)
      if (reliability) {
        expect(reliability.reduce((sum, { count }) => sum + count, 0)).toBe(2_357);
        expect(brier).toBeLessThan(0.25);
      }
    for (const cellsOfAll of [found.stages, found.standings])
      expect(cellsOfAll.reduce((sum, { customers }) => sum + customers, 0)).toBe(2_357);
  });

  test('the probabilities of the score of all facts are right', () => {
    for (const { predicted, observed } of scoreOf(whole!, 'allFacts').reliability!)
      expect(Math.abs(predicted - observed)).toBeLessThan(0.09);
  });

  // Fader, Hardie and Lee (2005), figure 2: the model tracks the repeat purchases of weeks 40 to 78 within a few in a hundred.
  test('BG/NBD tracks the repeat purchases of weeks 40 to 78', async () => {
    const parameters = buyingOf(
      'bg-nbd',
      await materialOf(cdnowSample, calendar, { until: cut, unit: 'weeks' }),
    );
    const rows: Pick<AtCut, 'days'>[] = [];
    const period = { cut, until: dayOf('1998-06-30') };
    for await (const { events } of cdnowSample.read()) rows.push({ days: purchaseDays(events, calendar) });
    const weeks = tracking(rows, parameters, { ...period, unit: 'weeks' });
    expect(weeks).toHaveLength(78);
    expect(weeks.at(-1)).toMatchObject({ day: period.until });
    for (const { expected, actual } of weeks.slice(39)) {
      expect(expected / actual).toBeGreaterThan(0.94);
      expect(expected / actual).toBeLessThan(1.06);
    }
  });
});

describe('on the households of Complete Journey', () => {
  let found: Evaluation;
  beforeAll(async () => {
    const year = { cut: dayOf('2017-09-30'), until: dayOf('2017-12-31') };
    found = await evaluationOf(sourceOf(completeJourney(sampleFolder)), year);
  }, long);

  test('stage and health tell who buys again', () => {
    expect(aucOf(found, 'stageAndHealth')).toBeGreaterThanOrEqual(0.85);
  });

  test('stages mean what they say', () => {
    expectStagesToMeanWhatTheySay(found);
  });
});

test('what is known at the cut knows nothing of what came later', async () => {
  const lifecycle = createLifecycle(definition);
  const period = { cut, until: dayOf('1998-06-30') };
  let compared = 0;
  for await (const one of cdnowSample.read()) {
    if (compared++ === 100) break;
    const known = { ...one, events: one.events.filter(({ at }) => calendar.day(at) <= cut) };
    const { purchases, spend, days, ...now } = atCut(lifecycle, one, calendar, period, 'weeks')!;
    const alone = atCut(lifecycle, known, calendar, period, 'weeks')!;
    expect(alone).toMatchObject({ ...now, purchases: 0, spend: 0 });
    expect(purchases).toBe([...days.keys()].filter((day) => day > cut).length);
    expect(spend).toBeGreaterThanOrEqual(0);
  }
});

test('orders in another currency than the one that is told are purchases, and nothing towards spend', async () => {
  const lifecycle = createLifecycle(definition);
  const period = { cut, until: dayOf('1998-06-30') };
  for await (const one of cdnowSample.read()) {
    const told = (currency: string) => atCut(lifecycle, one, calendar, { ...period, currency }, 'weeks')!;
    if (told('USD').spend === 0) continue;
    expect(told('EUR')).toMatchObject({ purchases: told('USD').purchases, spend: 0 });
    return;
  }
  throw new Error('nobody spent anything');
});

describe('the command', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-evaluate-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function perennial(...args: readonly string[]) {
    const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data') });
    const code = await run(['evaluate', ...args], terminal, '0');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  async function someFile(): Promise<string> {
    const file = join(folder, 'some.csv');
    const rows = ['customer,date,value'];
    let customers = 0;
    for await (const { customer, events } of cdnowSample.read()) {
      if (customers++ === 600) break;
      for (const { at } of events) rows.push(`${customer},${new Date(at).toISOString().slice(0, 10)},9.5`);
    }
    await writeFile(file, rows.join('\n'));
    return file;
  }

  test('tells it as a table, as JSON and as one HTML file', async () => {
    const file = await someFile();
    const args = ['--calibrate-until', '1997-09-30', '--file', file];
    const report = join(folder, 'report.html');
    const text = await perennial(...args, '--report', report);
    expect(text).toMatchObject({ code: 0 });
    expect(text.stdout).toMatch(/retail@1, cycle 8 days: 600 customers as of 1997-09-30/);
    expect(text.stdout).toMatch(/awareness +\d+ +0\.\d{3} \(0\.\d{3} to \d\.\d{3}\)/);
    const html = await readFile(report, 'utf8');
    expect(html).toContain('Do the stages of retail@1 mean what they say?');
    expect(html).toContain('expected purchases');
    const json = JSON.parse((await perennial(...args, '--output', 'json')).stdout) as Evaluation;
    expect(json).toMatchObject({ definition: 'retail@1', calibratedUntil: '1997-09-30', customers: 600 });
  });

  test.each([
    [['--calibrate-until', '1997-09-30', '--until', '1997-09-30'], 2, 'must come after --calibrate-until'],
    [['--calibrate-until', '1996-09-30'], 1, '--calibrate-until must leave some of them on either side'],
    [['--calibrate-until', '1998-06-30'], 1, '--calibrate-until must leave some of them on either side'],
    [['--calibrate-until', '1997-09-30', '--definition', 'nothing@7'], 1, 'nothing@7 is neither registered'],
    [['--calibrate-until', 'June'], 2, 'expected YYYY-MM-DD'],
    [[], 2, 'evaluate what? --calibrate-until DAY asks what stages mean, --programmes what programmes do'],
  ])('refuses %j', async (args, code, message) => {
    const refused = await perennial(...args, '--file', await someFile());
    expect([refused.code, refused.stdout]).toEqual([code, '']);
    expect(refused.stderr).toContain(message);
  });

  test('refuses topics that hold nothing', async () => {
    const refused = await perennial('--calibrate-until', '1997-09-30');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('holds no purchases');
  });
});
