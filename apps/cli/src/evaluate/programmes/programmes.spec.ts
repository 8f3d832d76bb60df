import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '#analysis';
import { topicSpecs, type InputEvent } from '#contracts';
import { bundledDefinition, createLifecycle, LiveCustomer, loadDefinition, type Told } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { eventRecord, requestedAction } from '#testing';
import { purchaseDays } from '../../fit/purchases.js';
import { recordingTerminal } from '../../recording-terminal.given.js';
import { run } from '../../run.js';
import { Trials, type ProgrammeEffect } from './trials.js';

const day = 86_400_000;
const start = Date.parse('2026-01-05T17:00:00Z');

/** retail@1 with half of the customers held out of each programme. */
const definition = loadDefinition(
  bundledDefinition().replace('contactPolicy:', 'contactPolicy:\n  control: { all: 0, each: 0.5 }'),
);
const lifecycle = createLifecycle(definition);
const { calendar } = definition.settings;

/** How likely (0 to 1) one who fell silent comes back, left alone and after a word. */
interface World {
  readonly alone: number;
  readonly asked: number;
}

/** A customer who buys three times, falls silent, and may come back after the win-back's word or without it. */
function live(trials: Trials, customer: string, random: () => number, { alone, asked }: World): void {
  const living = new LiveCustomer(lifecycle, customer);
  const events: InputEvent[] = [];
  let spoken = false;
  const note = (told: readonly Told[]) => {
    for (const { actions, suppressed, now } of told) {
      for (const action of actions) trials.decided({ ...action, customer, at: now });
      for (const { action, reason } of suppressed) trials.decided({ ...action, customer, at: now, reason });
      spoken ||= actions.some(({ programme }) => programme === 'win-back');
    }
  };
  const happens = (type: string, days: number, data: object) => {
    const at = start + days * day;
    const event = { id: `${customer}-${type}-${days}`, source: '/shop', type, subject: customer, at, data };
    events.push(event);
    note(living.ring(at));
    note([living.take(event)]);
  };
  const buys = (days: number) =>
    happens('order.completed.v1', days, {
      orderId: `${customer}-${days}`,
      total: 20,
      currency: 'USD',
      products: [],
    });
  happens('consent.changed.v1', 0, { channel: 'email', purpose: 'marketing', granted: true });
  for (const days of [1, 9, 17]) buys(days);
  note(living.ring(start + 60 * day));
  if (random() < (spoken ? asked : alone)) buys(70 + Math.floor(20 * random()));
  note(living.ring(start + 200 * day));
  trials.customer(customer, purchaseDays(events, calendar), { calendar, last: calendar.day(start) + 200 });
}

function winBackIn(world: World, customers: number, seed: number): ProgrammeEffect {
  const trials = new Trials(60, definition);
  const random = randomFrom(seed);
  for (let i = 0; i < customers; i++) live(trials, `s${seed}-c${i}`, random, world);
  return trials.effects(0.2).find(({ programme }) => programme === 'win-back')!;
}

describe('of customers who live through the engine', () => {
  test('a win-back that brings back thirty in a hundred more is found, with what each costs', () => {
    const found = winBackIn({ alone: 0.2, asked: 0.5 }, 500, 1);
    expect(found.verdict).toBe('retains');
    expect(found.treated.customers + found.control.customers).toBe(500);
    const { low, value, high } = found.repeatRate;
    expect(low).toBeLessThan(0.3);
    expect(high).toBeGreaterThan(0.3);
    expect(found.spend.low).toBeGreaterThan(0);
    expect(found.costEach).toBeCloseTo(definition.costs!.message, 6);
    expect(found.costPerRetained!.value).toBeCloseTo(definition.costs!.message / value, 6);
  });

  test('one that does nothing is not', () => {
    const found = winBackIn({ alone: 0.3, asked: 0.3 }, 500, 2);
    expect(found.verdict).toBe('noEffectShown');
    expect(found.costPerRetained).toBeUndefined();
  });

  test('of forty nothing is told yet', () => {
    const found = winBackIn({ alone: 0.1, asked: 0.9 }, 40, 3);
    expect(found.verdict).toBe('cannotTellYet');
    expect(found.needed.control).toBeGreaterThan(found.control.customers);
  });
});

describe('a trial', () => {
  const action = { programme: 'any', kind: 'message', purpose: 'marketing' } as const;
  const effectOf = (tell: (trials: Trials) => void, within = 30) => {
    const trials = new Trials(within, definition);
    tell(trials);
    const on = (days: number) => calendar.day(start) + days;
    trials.customer(
      'c',
      new Map([
        [on(0), 5],
        [on(10), 7],
        [on(40), 9],
      ]),
      { calendar, last: on(60) },
    );
    return trials.effects(0.05)[0];
  };
  const at = (days: number) => start + days * day;

  test('begins with the first action, and counts what is bought on later days within reach', () => {
    const found = effectOf((trials) => {
      trials.decided({ ...action, customer: 'c', at: at(0) });
      trials.decided({ ...action, customer: 'c', at: at(20), kind: 'offer' });
      trials.decided({ ...action, customer: 'c', at: at(31), kind: 'gift' });
    });
    expect(found).toMatchObject({
      treated: { customers: 1, repeatRate: 1, spend: 7 },
      control: { customers: 0 },
    });
    expect(found?.costEach).toBe(definition.costs!.message + definition.costs!.offer);
  });

  test('passes over what consent, caps or the purpose decided, and not the lot', () => {
    for (const decided of [
      { ...action, reason: 'noConsent' },
      { ...action, reason: 'frequencyCap' },
      { ...action, purpose: 'transactional' as const },
    ])
      expect(effectOf((trials) => trials.decided({ ...decided, customer: 'c', at: at(0) }))).toBeUndefined();
    expect(
      effectOf((trials) => trials.decided({ ...action, reason: 'control', customer: 'c', at: at(0) })),
    ).toMatchObject({ control: { customers: 1, spend: 7 } });
  });

  test('leaves out whom it cannot watch to the end', () => {
    expect(effectOf((trials) => trials.decided({ ...action, customer: 'c', at: at(31) }))).toBeUndefined();
    expect(effectOf((trials) => trials.decided({ ...action, customer: 'c', at: at(30) }))).toBeDefined();
  });
});

describe('the command', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-programmes-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function perennial(...args: readonly string[]) {
    const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'data') });
    const code = await run(['evaluate', '--programmes', ...args], terminal, '0');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  /** Forty customers of whom every other one is held out; of those asked all buy again, of the others none. */
  async function logOfForty(lateIn = 'USD'): Promise<void> {
    const { log, close } = await openEmbedded({ path: join(folder, 'data') });
    await log.createTopics(topicSpecs());
    const bought = { total: 12, currency: 'USD', products: [] };
    for (let i = 0; i < 40; i++) {
      const asked = requestedAction(`a-${i}`, start, { programme: 'win-back', purpose: 'marketing' });
      const held = i % 2 === 0;
      await log.publish([
        held
          ? eventRecord(
              'retention.actions.v1',
              'action.suppressed.v1',
              `c-${i}`,
              { ...asked, reason: 'control' },
              { at: start },
            )
          : eventRecord('retention.actions.v1', 'action.requested.v1', `c-${i}`, asked, { at: start }),
        ...(held ? [1] : [1, 20]).map((days) =>
          eventRecord(
            'purchase.events.v1',
            'order.completed.v1',
            `c-${i}`,
            { orderId: `${i}-${days}`, ...bought },
            { at: start + (days - 1) * day },
          ),
        ),
      ]);
    }
    await log.publish([
      eventRecord(
        'purchase.events.v1',
        'order.completed.v1',
        'late',
        { orderId: 'l', ...bought, currency: lateIn },
        { at: start + 90 * day },
      ),
    ]);
    await close();
  }

  test('tells it as a table, as JSON and as one HTML file', async () => {
    await logOfForty();
    const report = join(folder, 'report.html');
    const text = await perennial('--report', report);
    expect(text).toMatchObject({ code: 0 });
    expect(text.stdout).toMatch(
      /win-back +20 +20 +1\.000 : 0\.000 .*cannot tell yet: needs \d+ treated and \d+ held out/,
    );
    expect(text.stdout).toContain('Winning a new customer costs 30 USD (acquisitionCost).');
    expect(await readFile(report, 'utf8')).toContain('What programmes do');
    const json = await perennial('--detect', '0.4', '--output', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ within: 60, detect: 0.4, currency: 'USD', acquisitionCost: 30 },
      programmes: [
        { programme: 'win-back', verdict: 'retains', repeatRate: { value: 1 }, spend: { value: 12 } },
      ],
    });
  });

  test('never adds up two currencies', async () => {
    const order = (orderId: string, currency: string) => ({
      ...{ id: orderId, source: '/shop', type: 'order.completed.v1', subject: 'c', at: start },
      data: { orderId, total: 9, currency, products: [] },
    });
    const days = purchaseDays([order('a', 'USD'), order('b', 'EUR')], calendar, 'EUR');
    expect([...days.values()]).toEqual([9]);
    await logOfForty('EUR');
    const { stdout } = await perennial();
    expect(stdout).toContain('Orders in another currency than USD: 1.');
    const uncosted = join(folder, 'uncosted.yaml');
    await writeFile(
      uncosted,
      bundledDefinition()
        .replace(/^costs:\n(?: .*\n)+/m, '')
        .replace(/^acquisitionCost.*\n/m, ''),
    );
    expect(await perennial('--definition', uncosted)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the orders are in EUR, USD, which cannot be added up') as string,
    });
  });

  test('refuses a log in which nothing was asked for, or nobody was watched for long enough', async () => {
    expect(await perennial()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no programme has asked for anything yet') as string,
    });
    await logOfForty();
    expect(await perennial('--within', '100')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody was watched for 100 days') as string,
    });
  });

  test.each([
    [['--within', '0'], 'expected 1 to 400'],
    [['--detect', '5'], 'expected 0.001 to 0.5'],
    [['--calibrate-until', '2026-01-01'], 'cannot be used with option'],
    [['--file', 'x.csv'], 'cannot be used with option'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await perennial(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
