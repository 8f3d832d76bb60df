import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#apps/cli';
import { inputTopics, orderTopic, outputTopics, topicSpecs } from '#contracts';
import { bundledDefinition } from '#lifecycle';
import { openEmbedded } from '#store-embedded';
import { temporaryFolder } from '#testing';
import { endAll, engineOn, lifecycle, quiet, recordOf, type Fact } from './support/embedded-engine.js';
import { recordingTerminal } from './support/recording-terminal.js';

const MINUTE = 60_000;
const day = 86_400_000;
const partitions = 2;
const now = Date.now();

/** Twelve customers: some buy on, some fall silent after a while. */
const buys = (fromDay: number, toDay: number): Fact[] =>
  Array.from({ length: 12 }, (_, who) => {
    const gap = 5 + who;
    const last = who % 3 === 0 ? Math.min(toDay, 120) : toDay;
    return Array.from({ length: Math.ceil(360 / gap) }, (_, n) => n * gap)
      .filter((at) => at >= fromDay && at < last)
      .map((at) => ({
        id: `o-${who}-${at}`,
        type: 'order.completed.v1',
        subject: `customer-${who}`,
        at: now - (360 - at) * day,
        data: { orderId: `o-${who}-${at}`, total: 10 + who, currency: 'USD', products: [] },
      }));
  })
    .flat()
    .sort((a, b) => a.at - b.at);

/** An engine folds these events in a folder, and ends. */
async function folds(path: string, facts: readonly Fact[]): Promise<void> {
  const embedded = await openEmbedded({ path, engine: true });
  try {
    await embedded.log.createTopics(topicSpecs('', partitions));
    await embedded.store.registerDefinition({
      ...lifecycle.definition,
      source: bundledDefinition(),
    });
    await embedded.log.publish(facts.map(recordOf));
    const engine = engineOn(embedded, { partitions });
    await engine.start();
    engine.settle();
    await quiet(engine);
    await endAll();
  } finally {
    await embedded.close();
  }
}

async function perennial(path: string, ...args: readonly string[]) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: path }, '');
  const code = await run(args, terminal, '');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const json = async (path: string, ...args: readonly string[]) => {
  const { code, stdout, stderr } = await perennial(path, ...args, '--output', 'json');
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(stdout) as Record<string, never>;
};

async function endsOf(path: string): Promise<unknown> {
  const { log, close } = await openEmbedded({ path });
  try {
    const ends: Record<string, unknown> = {};
    for (const topic of [...inputTopics, orderTopic, ...outputTopics]) ends[topic] = await log.range(topic);
    return ends;
  } finally {
    await close();
  }
}

describe('an analyst on a log that an engine left', () => {
  const files = temporaryFolder('replay-files');
  const path = join(temporaryFolder('replay'), 'data');
  const candidate = join(files, 'candidate.yaml');
  const same = join(files, 'same.yaml');
  const snapshot = join(files, 'snapshot');
  let before: unknown;

  beforeAll(async () => {
    await folds(path, buys(0, 240));
    before = await endsOf(path);
    const lapse = 'atLeast: 90, atMost: 400 } }';
    expect(bundledDefinition()).toContain(lapse);
    writeFileSync(same, bundledDefinition());
    writeFileSync(
      candidate,
      bundledDefinition().replace('version: 1', 'version: 2').replace(lapse, 'atLeast: 200, atMost: 400 } }'),
    );
  }, 2 * MINUTE);
  afterAll(endAll);

  it('reproduces transitions, actions and ledger byte for byte', async () => {
    const verified = await json(path, 'replay', '--verify');
    expect(verified).toMatchObject({ customers: 12, differences: [], differing: 0, otherRevisions: [] });
    expect(verified['matched']).toBeGreaterThan(100);
  });

  it('is told at what rate, and counts only what was decided from a time on', async () => {
    const { stderr } = await perennial(path, 'replay');
    expect(stderr).toMatch(/^repeated: [\d,]+ events in .* s, [\d,]+\/s$/m);
    const later = await json(path, 'replay', '--from', new Date(now + day).toISOString());
    expect(later).toMatchObject({ customers: 12, transitions: [], actions: [] });
  });

  it('finds no difference where the candidate is what was in force', async () => {
    const { moved, customers } = await json(path, 'replay', '--definition', same, '--against', 'recorded');
    expect([customers, moved]).toEqual([12, { stage: 0, health: 0, gained: 0, lost: 0 }]);
  });

  it('sees the candidate’s timers fire for customers who stayed silent, with the reasons of both sides', async () => {
    const result = (await json(
      path,
      'replay',
      '--definition',
      candidate,
      '--against',
      'retail@1',
    )) as unknown as {
      notice: string;
      moves: { from: string; to: string; count: [number, number] }[];
      stageFlow: { customers: number }[];
      differing: { customer: string; why: Record<'against' | 'candidate', { rule: string; at: string }[]> }[];
    };
    expect(result.notice).toContain('contacts and costs, not effects');
    const lapsed = result.moves.filter(({ to }) => to === 'dissolution');
    const sum = (side: 0 | 1) => lapsed.reduce((all, { count }) => all + count[side], 0);
    expect(sum(1)).toBeGreaterThan(0);
    expect(sum(1)).toBeLessThan(sum(0));
    expect(result.stageFlow.reduce((all, flow) => all + flow.customers, 0)).toBe(12);
    const silent = result.differing.find(({ customer }) => customer === 'customer-0');
    const lapse = (side: 'against' | 'candidate') =>
      silent?.why[side].find(({ rule }) => rule === 'lapsed')?.at ?? '';
    expect(lapse('against')).not.toBe('');
    expect(lapse('candidate') > lapse('against')).toBe(true);
  });

  it('writes a report and all customers into files, and leaves log and groups as they were', async () => {
    const [page, csv, parquet] = ['r.html', 'c.csv', 'c.parquet'].map((name) => join(files, name));
    for (const file of [csv!, parquet!])
      await json(
        ...([path, 'replay', '--definition', candidate, '--against', 'recorded'] as const),
        ...['--report', page!, '--customers', file],
      );
    const html = readFileSync(page!, 'utf8');
    expect(html.indexOf('contacts and costs, not effects')).toBeGreaterThan(0);
    expect(readFileSync(csv!, 'utf8').split('\n')).toHaveLength(14);
    expect(readFileSync(parquet!).subarray(0, 4).toString()).toBe('PAR1');
    expect(await endsOf(path)).toEqual(before);
  });

  it('begins at a snapshot, and refuses one that was changed', async () => {
    expect((await perennial(path, 'snapshot', snapshot)).code).toBe(0);
    await folds(path, buys(240, 360));
    const [whole, later] = [
      await json(path, 'replay', '--verify'),
      await json(path, 'replay', '--verify', '--from-snapshot', snapshot),
    ];
    expect(later).toMatchObject({ differing: 0, customers: 12, stages: whole['stages'] });
    expect(later['matched']).toBeGreaterThan(0);
    expect(later['matched']).toBeLessThan(Number(whole['matched']));
    await appendFile(join(snapshot, 'partition-0001.ndjson'), '\n{}');
    const { code, stderr } = await perennial(path, 'replay', '--from-snapshot', snapshot);
    expect([code, stderr]).toEqual([1, expect.stringContaining('partition-0001.ndjson')]);
  });
});

describe('a replay is refused', () => {
  const files = temporaryFolder('replay-refusals');
  const empty = join(files, 'empty');
  const csv = join(files, 'purchases.csv');
  const narrow = join(files, 'narrow.csv');
  const candidate = join(files, 'candidate.yaml');
  const euros = join(files, 'euros.yaml');
  beforeAll(() => {
    mkdirSync(empty);
    writeFileSync(csv, 'customer,date,value\nann,2026-01-05,20\nann,2026-02-05,20\n');
    writeFileSync(narrow, 'customer,date\nann,2026-01-05\n');
    writeFileSync(candidate, bundledDefinition());
    writeFileSync(euros, bundledDefinition().replace('currency: USD', 'currency: EUR'));
  });

  const what = ['replay', '--definition', candidate] as const;
  const cases: Readonly<Record<string, readonly [args: readonly string[], code: number, says: string]>> = {
    'of an empty topic': [['replay'], 1, 'lifecycle.order.v1: holds no batch'],
    'for a definition that nobody knows': [
      ['replay', '--definition', 'nobody@7'],
      1,
      'nobody@7 is neither registered in the store nor the configured definition',
    ],
    'for a file that is not there': [
      ['replay', '--definition', join(files, 'none.yaml')],
      1,
      'none.yaml: there is no such file',
    ],
    'for dates the wrong way round': [
      ['replay', '--from', '2026-02-01', '--until', '2026-01-01'],
      2,
      '--from 2026-02-01T00:00:00.000Z is not before --until 2026-01-01T00:00:00.000Z',
    ],
    'of a what-if with dates the wrong way round': [
      [...what, '--from', '2026-02-01', '--until', '2026-01-01'],
      2,
      'is not before',
    ],
    'for a column that is missing': [
      [...what, '--file', narrow],
      1,
      'narrow.csv: needs the columns customer, date, value; missing: value',
    ],
    'for a file of another kind': [[...what, '--file', csv, '--format', 'cdnow'], 1, 'holds no event'],
    'of what a file did not record': [
      [...what, '--file', csv, '--against', 'recorded'],
      2,
      'a file records no decisions',
    ],
    'of a file without a candidate': [['replay', '--file', csv], 2, '--file needs --definition'],
    'into a file of an unknown kind': [
      [...what, '--file', csv, '--customers', 'all.xlsx'],
      2,
      'must end in .csv, .ndjson, .parquet',
    ],
    'where costs are in two currencies': [
      ['replay', '--definition', euros, '--file', csv, '--against', 'retail@1'],
      1,
      'costs.currency: retail@1 reckons in USD, retail@1 in EUR',
    ],
    'from a folder that is no snapshot': [
      ['replay', '--from-snapshot', join(files, 'nothing')],
      1,
      'manifest.json: there is no such file',
    ],
  };
  it.each(Object.entries(cases))('%s', async (_, [args, expected, says]) => {
    const folder = says.includes('manifest') ? await withOneBatch(files) : empty;
    const { code, stderr } = await perennial(folder, ...args);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(says)]);
  });

  async function withOneBatch(root: string): Promise<string> {
    const folder = join(root, 'one-batch');
    await folds(folder, buys(0, 10));
    return folder;
  }
});
