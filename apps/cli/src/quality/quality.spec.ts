import { join } from 'node:path';
import { temporaryFolder } from '#testing';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';

/** Each spec has a shop of its own: publishes what happened, lets the engine fold it, and asks. */
function shop() {
  const data = join(temporaryFolder('quality'), 'data');
  const perennial = async (args: readonly string[], input = '') => {
    const terminal = recordingTerminal({ PERENNIAL_DATA: data, PORT: '0', LOG_LEVEL: 'silent' }, input);
    const code = await run(args, terminal, '');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  };
  const lives = async (events: readonly object[]) => {
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    expect(await perennial(['publish', '-'], lines)).toMatchObject({ code: 0 });
    expect(await perennial(['up', '--exit'])).toMatchObject({ code: 0 });
  };
  const quality = async (...args: string[]) => {
    const { code, stdout, stderr } = await perennial(['quality', '--output', 'json', ...args]);
    expect(code).toBe(0);
    return { rows: JSON.parse(stdout) as Record<string, unknown>[], stderr };
  };
  return { perennial, lives, quality };
}

let count = 0;
const event = (type: string, subject: string, day: string, data: object, id = `e-${count++}`) => ({
  specversion: '1.0',
  id,
  source: '/shop',
  type,
  subject,
  time: `${day}T12:00:00Z`,
  data,
});
const buys = (customer: string, day: string, ...products: string[]) =>
  event('order.completed.v1', customer, day, {
    orderId: `o-${customer}-${day}`,
    total: 9,
    currency: 'EUR',
    products: products.map((productId) => ({ productId, category: 'shoes', price: 9, quantity: 1 })),
  });
const returns = (customer: string, day: string) =>
  event('order.returned.v1', customer, '2026-03-20', {
    orderId: `o-${customer}-${day}`,
    reason: 'too small',
    whole: true,
  });

/** 200 buy clogs and 30 send them back; two buy boots and one complains. */
function spring() {
  const events: object[] = [];
  for (let n = 0; n < 200; n++) events.push(buys(`c-${n}`, '2026-03-02', 'clog'));
  for (let n = 0; n < 30; n++) events.push(returns(`c-${n}`, '2026-03-02'));
  events.push(buys('d-1', '2026-03-02', 'boot'), buys('d-2', '2026-04-02', 'boot'));
  events.push(
    event('case.opened.v1', 'd-1', '2026-03-09', { caseId: 'k1', product: 'boot', cause: 'sole came off' }),
  );
  return events;
}

describe('perennial quality', () => {
  test('tells what the engine published of what happened, worst first', async () => {
    const { lives, quality, perennial } = shop();
    const events = spring();
    await lives([...events, ...events.slice(0, 50)]);
    const { rows, stderr } = await quality();
    expect(rows).toMatchObject([
      { product: 'clog', category: 'shoes', sold: 200, signals: 30, returns: 30, complaints: 0, rate: 0.15 },
      { product: 'boot', category: 'shoes', sold: 2, signals: 1, returns: 0, complaints: 1, rate: 0.5 },
    ]);
    expect(rows[0]!['low']).toBeCloseTo(0.11266420356262068, 8);
    expect(stderr).toContain('202 sales and 31 signals of 2 products');

    const byCause = await quality('--by', 'cause');
    expect(byCause.rows.map(({ product, cause, signals }) => [product, cause, signals])).toEqual([
      ['clog', 'too small', 30],
      ['boot', 'sole came off', 1],
    ]);
    const march = await quality('--from', '2026-03-01', '--to', '2026-03-10');
    expect(march.rows).toMatchObject([{ product: 'boot', sold: 1, signals: 1 }]);
    const april = await quality('--from', '2026-04-01');
    expect(april.rows).toEqual([]);
    expect(april.stderr).toContain('holds no signal of that span');

    const { stdout } = await perennial(['quality']);
    expect(stdout.split('\n').map((line) => line.split(/ +/).slice(0, 9).join(' '))).toEqual([
      'product category returns complaints badScores sold signals rate shrunk',
      'clog shoes 30 0 0 200 30 0.15 0.1503',
      'boot shoes 0 1 0 2 1 0.5 0.1851',
      '',
    ]);
  }, 60_000);

  test('says which topic is empty', async () => {
    const { lives, quality } = shop();
    const empty = await quality();
    expect(empty.rows).toEqual([]);
    expect(empty.stderr).toContain('quality.signals.v1 holds no signal');
    expect(empty.stderr).toContain('purchase.events.v1 holds no order');
    await lives([event('review.posted.v1', 'c-1', '2026-03-02', { product: 'boot', rating: 1 })]);
    const { rows, stderr } = await quality();
    expect(rows).toMatchObject([{ product: 'boot', category: null, sold: 0, badScores: 1, rate: null }]);
    expect(stderr).toContain('purchase.events.v1 holds no order of that span that names products');
  }, 60_000);

  test('explains its figures and refuses what it does not know', async () => {
    const { perennial } = shop();
    expect((await perennial(['quality', '--help'])).stdout).toContain('beta-binomial');
    expect(await perennial(['quality', '--by', 'colour'])).toMatchObject({ code: 2 });
    expect(await perennial(['quality', '--from', 'soon'])).toMatchObject({ code: 2 });
  });
});
