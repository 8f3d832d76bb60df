import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputEvent } from '#contracts';
import { bundledDefinition, loadDefinition } from '#lifecycle';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';
import type { CustomerSource } from './customers.js';
import { calendar, cdnowSample, cut } from './data-set.given.js';
import { buyingOf, materialOf, spendingParametersOf } from './fit-models.js';
import { currenciesIn, foreignNote, foreignOrders, toldCurrency } from './order-currencies.js';
import { historyOf, purchaseDays, spendingOf } from './purchases.js';

/** Enough for every model to converge. */
const some = 600;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-fit-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function perennial(...args: readonly string[]) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data') });
  const code = await run(args, terminal, '0');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

async function fileOf(text: string): Promise<string> {
  const file = join(folder, 'purchases.csv');
  await writeFile(file, text);
  return file;
}

/** So many customers of the CDNOW sample as an analyst would have them. */
async function rowsOf(most: number): Promise<string[]> {
  const rows = ['customer,date,value'];
  let customers = 0;
  for await (const { customer, events } of cdnowSample.read()) {
    if (customers++ === most) break;
    for (const { at, data } of events as readonly (InputEvent & { data: { total: number } })[])
      rows.push(`${customer},${new Date(at).toISOString().slice(0, 10)},${data.total}`);
  }
  return rows;
}

test('what is spent in two currencies is never added up', async () => {
  const order = (orderId: string, day: number, currency: string, total: number): InputEvent => ({
    ...{
      id: orderId,
      source: '/shop',
      subject: 'ann',
      type: 'order.completed.v1',
      at: (day + 0.7) * 86_400_000,
    },
    data: { orderId, total, currency, products: [] },
  });
  const events = [
    order('a', 10_000, 'USD', 5),
    order('b', 10_007, 'EUR', 900),
    order('c', 10_014, 'USD', 10),
    order('d', 10_021, 'USD', 30),
  ];
  const source: CustomerSource = {
    name: 'shop',
    async *read() {
      yield await Promise.resolve({ customer: 'ann', events });
    },
  };
  const seen = await currenciesIn(source);
  expect(() => toldCurrency(seen, undefined)).toThrow('the orders are in EUR, USD, which cannot be added up');
  const currency = toldCurrency(seen, 'USD');
  expect(foreignNote(foreignOrders(seen, currency), currency)).toContain(
    'Orders in another currency than USD: 1.',
  );
  const { histories, spendings } = await materialOf(source, calendar, {
    until: 10_030,
    unit: 'days',
    currency,
  });
  expect(histories).toEqual([{ frequency: 3, recency: 21, age: 30 }]);
  expect(spendings).toEqual([{ purchases: 2, mean: 20 }]);
});

describe('on the CDNOW sample, in weeks, until 1997-09-30', () => {
  const material = materialOf(cdnowSample, calendar, { until: cut, unit: 'weeks' });

  test('BG/NBD has the parameters of Fader, Hardie and Lee (2005), table 2', async () => {
    const { r, alpha, a, b, logLikelihood, customers } = buyingOf('bg-nbd', await material);
    expect(customers).toBe(2_357);
    expect([r, alpha, a, b].map((it) => it.toFixed(3))).toEqual(['0.243', '4.414', '0.793', '2.426']);
    expect(logLikelihood.toFixed(1)).toBe('-9582.4');
  });

  test('MBG/NBD fits them as well', async () => {
    expect(buyingOf('mbg-nbd', await material).logLikelihood.toFixed(1)).toBe('-9582.1');
  });

  test('Gamma-Gamma has the parameters of its note, on the 946 who came back', async () => {
    const { p, q, gamma, customers } = spendingParametersOf(await material);
    expect(customers).toBe(946);
    expect([p, q, gamma].map((it) => it.toFixed(2))).toEqual(['6.25', '3.74', '15.44']);
  });

  test('the command prints just that', async () => {
    const file = await fileOf((await rowsOf(3_000)).join('\n'));
    const args = ['fit', '--file', file, '--until', '1997-09-30', '--output', 'json'];
    const { code, stdout } = await perennial(...args, '--model', 'bg-nbd');
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as Record<string, number>;
    expect(Object.keys(found)).toEqual(['model', 'r', 'alpha', 'a', 'b', 'logLikelihood', 'customers']);
    expect(found).toMatchObject({ model: 'bg-nbd', customers: 2_357 });
    expect(found['r']).toBeCloseTo(0.243, 3);
  });
});

test('time is counted in weeks or in days, and spending is told beside', async () => {
  const file = await fileOf((await rowsOf(some)).join('\n'));
  const args = ['fit', '--file', file, '--until', '1997-09-30', '--output', 'json'];
  const [weeks, days] = [await perennial(...args), await perennial(...args, '--unit', 'days', '--spend')];
  const alphaOf = ({ stdout }: { readonly stdout: string }) =>
    (JSON.parse(stdout) as { alpha: number }).alpha;
  expect(alphaOf(days) / alphaOf(weeks)).toBeCloseTo(7, 2);
  const { spend } = JSON.parse(days.stdout) as { readonly spend: object };
  expect(Object.keys(spend)).toEqual(['p', 'q', 'gamma', 'logLikelihood']);
});

describe('written into a definition', () => {
  test('the parameters take the place of earlier ones, and nothing else changes', async () => {
    const definition = join(folder, 'mine.yaml');
    const text = bundledDefinition();
    await writeFile(definition, text);
    const file = await fileOf((await rowsOf(some)).join('\n'));
    const args = ['fit', '--file', file, '--until', '1997-09-30', '--write', definition];
    expect(await perennial(...args)).toMatchObject({ code: 0 });
    const once = await readFile(definition, 'utf8');
    expect(once.startsWith(text.trimEnd())).toBe(true);
    expect(loadDefinition(once).settings.model).toMatchObject({ name: 'mbg-nbd', horizonDays: 90 });

    await writeFile(
      definition,
      `${once.replace('  unit: weeks', '  unit: weeks\n  leavingBelow: 0.2')}# end\n`,
    );
    expect(await perennial(...args, '--spend')).toMatchObject({ code: 0 });
    const twice = await readFile(definition, 'utf8');
    expect(twice.match(/^model:/gm)).toHaveLength(1);
    expect(twice).toContain('# end');
    expect(loadDefinition(twice).settings.model).toMatchObject({
      leavingBelow: 0.2,
      spend: { p: expect.any(Number) as number },
    });
  });

  test('a file that is refused stays as it was', async () => {
    const definition = join(folder, 'mine.yaml');
    await writeFile(definition, 'name: X\n');
    const file = await fileOf((await rowsOf(some)).join('\n'));
    const { code, stderr } = await perennial(
      'fit',
      '--file',
      file,
      '--until',
      '1997-09-30',
      '--write',
      definition,
    );
    expect(code).toBe(1);
    expect(stderr).toContain("name: 'X' is no name");
    expect(await readFile(definition, 'utf8')).toBe('name: X\n');
  });
});

describe('is refused', () => {
  const row = (...cells: readonly string[]) => ['customer,date,value', ...cells].join('\n');
  test.each([
    ['a file without a needed column', 'customer,date\na,2026-01-01', /needs the columns .* missing: value/],
    ['a day that is none', row('a,2026-02-30,1'), /:2: date '2026-02-30' is none; allowed: YYYY-MM-DD/],
    ['a value below 0', row('a,2026-01-01,-1'), /:2: value '-1' is none; allowed: numbers from 0/],
    ['a nameless customer', row(',2026-01-01,1'), /:2: customer must not be empty/],
    ['a row with too many fields', row('a,2026-01-01,1,2'), /:2: 4 fields, expected 3/],
    ['an empty file', row(), /holds a heading and no purchases/],
    [
      'customers of whom none came back',
      row('a,2026-01-01,1', 'b,2026-01-01,1'),
      /nobody bought again.*--until/,
    ],
    [
      'a day before all',
      row('a,2027-01-01,1'),
      /nobody had bought by 2026-06-30; the purchases lie between 2027/,
    ],
    [
      'what does not converge',
      row('a,2026-01-01,1', 'a,2026-02-01,1', 'b,2026-01-01,1', 'b,2026-02-01,1'),
      /does not converge: .* Take more customers or a later --until/,
    ],
  ])('%s', async (_, text, message) => {
    const { code, stdout, stderr } = await perennial(
      'fit',
      '--file',
      await fileOf(text),
      '--until',
      '2026-06-30',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test.each([
    [['--until', '2026-06-30', '--model', 'nbd'], 'Allowed choices are bg-nbd, mbg-nbd'],
    [['--until', '2026-06-31'], 'expected YYYY-MM-DD'],
    [[], "required option '--until <day>' not specified"],
    [
      ['--until', '2026-06-30', '--model', 'bg-nbd', '--write', 'x.yaml'],
      'holds every one-time buyer for alive',
    ],
  ])('%j, as a wrong command line', async (args, message) => {
    const { code, stderr } = await perennial('fit', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('an empty topic', async () => {
    const { code, stderr } = await perennial('fit', '--until', '2026-06-30');
    expect(code).toBe(1);
    expect(stderr).toMatch(/purchase.events.v1, lifecycle.inbox.v1: holds no purchases; 'perennial publish'/);
  });
});

test('purchases of a topic give the same as those of a file', async () => {
  const rows = await rowsOf(some);
  const file = await fileOf(rows.join('\n'));
  const lines = rows.slice(1).map((row, i) => {
    const [subject, date, total] = row.split(',');
    return JSON.stringify({
      ...{ specversion: '1.0', id: `o-${i}`, source: '/shop', type: 'order.completed.v1', subject },
      ...{ time: `${date}T12:00:00Z` },
      data: {
        ...{ orderId: `o-${i}`, total: Number(total), currency: 'USD' },
        products: [{ productId: 'cd', price: Number(total), quantity: 1 }],
      },
    });
  });
  const events = join(folder, 'events.ndjson');
  await writeFile(events, lines.join('\n'));
  expect(await perennial('publish', events)).toMatchObject({ code: 0 });
  const args = ['fit', '--until', '1997-09-30', '--output', 'json', '--spend'];
  const [ofFile, ofTopic] = [await perennial(...args, '--file', file), await perennial(...args)];
  expect(ofTopic).toMatchObject({ code: 0 });
  const rounded = ({ stdout }: { readonly stdout: string }) =>
    JSON.parse(stdout, (_, it: unknown) =>
      typeof it === 'number' ? Number(it.toPrecision(6)) : it,
    ) as object;
  expect(rounded(ofTopic)).toEqual(rounded(ofFile));
});

describe('purchase days', () => {
  const day = 86_400_000;
  const at = (days: number) => Date.parse('2026-03-02T17:00:00Z') + days * day;
  const event = (type: string, days: number, data: object): InputEvent => ({
    ...{ id: `${type}${days}`, source: '/shop', subject: 'c', type, at: at(days) },
    data,
  });
  const order = (orderId: string, days: number, total = 10) =>
    event('order.completed.v1', days, { orderId, total, currency: 'USD', products: [] });
  const first = calendar.day(at(0));
  const daysOf = (...events: readonly InputEvent[]) =>
    [...purchaseDays(events, calendar)].map(([number, value]) => [number - first, value]);

  test('merge the orders of a day, and leave out visits', () => {
    expect(daysOf(order('a', 0), order('b', 0, 5), order('c', 3, 0), order('d', 4))).toEqual([
      [0, 15],
      [4, 10],
    ]);
  });

  test('leave out what was cancelled or wholly sent back, and take off what was sent back in part', () => {
    const events = [order('a', 0), order('b', 1), order('c', 2, 30)];
    expect(
      daysOf(
        ...events,
        event('order.cancelled.v1', 3, { orderId: 'a' }),
        event('order.returned.v1', 3, { orderId: 'b', whole: true }),
        event('order.returned.v1', 3, { orderId: 'c', total: 12, currency: 'USD' }),
      ),
    ).toEqual([[2, 18]]);
  });

  test('as a history and a spending know nothing of later ones', () => {
    const days = purchaseDays([order('a', 0), order('b', 14, 20), order('c', 21, 40)], calendar);
    expect(historyOf(days, first + 20, 'weeks')).toEqual({ frequency: 1, recency: 2, age: 20 / 7 });
    expect(spendingOf(days, first + 20)).toEqual({ purchases: 1, mean: 20 });
    expect(spendingOf(days, first + 21)).toEqual({ purchases: 2, mean: 30 });
    expect(historyOf(days, first - 1, 'days')).toBeUndefined();
    expect(spendingOf(days, first)).toBeUndefined();
  });
});
