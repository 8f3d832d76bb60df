import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { receiptFile } from '../project.js';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';
import type { ImportedEvent } from './dataset.js';
import { caseEvents, type Case } from './receipt-case.js';
import { receipt } from './receipt.js';
import type { RowProblem } from './rows.js';

/** The file's rows by column, read with nothing of the import. */
const table = (() => {
  const [head = '', ...lines] = gunzipSync(readFileSync(receiptFile)).toString().trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => new Map(line.split(',').map((value, i) => [names[i], value])));
})();
const column = (name: string) => table.map((row) => row.get(name) ?? '');
const rowsWith = (pattern: RegExp) =>
  column('concept:name').filter((activity) => pattern.test(activity)).length;
const casesWith = (holds: (rows: readonly Map<string | undefined, string>[]) => boolean) =>
  [...Map.groupBy(table, (row) => row.get('case:concept:name')).values()].filter(holds).length;
const stamps = (rows: readonly Map<string | undefined, string>[]) =>
  rows.map((row) => row.get('time:timestamp') ?? '').sort();

async function read() {
  const events: ImportedEvent[] = [];
  const problems: RowProblem[] = [];
  for await (const event of receipt(receiptFile).events((problem) => problems.push(problem)))
    events.push(event);
  return { events, problems };
}

describe('the carried receipt log', () => {
  let events: ImportedEvent[];
  beforeAll(async () => {
    const found = await read();
    expect(found.problems).toEqual([]);
    events = found.events;
  });
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const advice = /^(T07-|T08 |T09-|T16 )/;

  it('opens every case once', () => {
    expect(count('case.opened.v1')).toBe(new Set(column('case:concept:name')).size);
    expect(count('case.opened.v1')).toBe(1_434);
  });

  it('gives one event for each of its rows: openings, escalations, letters, work', () => {
    const escalated = casesWith((rows) => rows.some((row) => advice.test(row.get('concept:name') ?? '')));
    const letters = rowsWith(/^(T05|T15|T20) /);
    expect(count('case.escalated.v1')).toBe(escalated);
    expect(count('contact.made.v1')).toBe(letters);
    expect(count('task.completed.v1')).toBe(table.length - 1_434 - escalated - letters);
    expect(table).toHaveLength(8_577);
  });

  it('resolves the cases that have an end, and those again that go on over an hour after it', () => {
    const ended = casesWith(([first]) => first?.get('case:enddate') !== '');
    // No case of the log goes on for between 3 seconds and 9 hours after its end.
    const goesOn = casesWith((rows) => {
      const hour = (stamp: string) => Date.parse(`${stamp.replace(' ', 'T')}Z`) / 3_600_000;
      const [first = '', last = ''] = [stamps(rows)[0], stamps(rows).at(-1)];
      const end = rows[0]?.get('case:enddate') ?? '';
      return end >= first && end !== '' && hour(last) - hour(end) > 5;
    });
    expect(count('case.reopened.v1')).toBe(goesOn);
    expect(count('case.resolved.v1')).toBe(ended + goesOn);
    expect([ended, goesOn]).toEqual([1_329, 8]);
  });

  it('makes a case overdue that was neither ended at its deadline nor past it when it was opened', () => {
    const overdue = casesWith((rows) => {
      const [first = '', last = ''] = [stamps(rows)[0], stamps(rows).at(-1)];
      const deadline = rows[0]?.get('case:deadline') ?? '';
      const end = rows[0]?.get('case:enddate') || '2012-01-24';
      return deadline > first && deadline < (end < first ? last : end);
    });
    expect(count('case.overdue.v1')).toBe(overdue);
  });

  it('spreads the cases over 500 customers, each with one made-up order thirty days before', () => {
    const customers = new Set(events.map(({ subject }) => subject));
    expect(count('order.completed.v1')).toBe(customers.size);
    expect(customers.size).toBeGreaterThan(450);
    for (const customer of customers) {
      const [order, first] = events.filter(({ subject }) => subject === customer);
      expect([order?.type, (first?.at ?? 0) - (order?.at ?? 0)]).toEqual([
        'order.completed.v1',
        30 * 86_400_000,
      ]);
    }
  });

  it('comes in order of event time, each event under an identity of its own and the same at each reading', async () => {
    expect(events.every((event, i) => event.at >= (events[i - 1]?.at ?? 0))).toBe(true);
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await read()).events).toEqual(events);
  });

  it('keeps the real times, by the clock on the desk’s wall', () => {
    expect(events.find(({ id }) => id === 'case-10011-opened')).toEqual({
      id: 'case-10011-opened',
      type: 'case.opened.v1',
      subject: expect.stringMatching(/^receipt-\d{3}$/) as string,
      at: Date.parse('2011-10-11T11:45:40.276Z'),
      data: { caseId: 'case-10011', channel: 'in-app', deadline: '2011-12-06T12:41:31.788Z' },
    });
  });
});

describe('perennial import receipt', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-receipt-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('imports the carried log once, however often it is run', async () => {
    const load = async () => {
      const terminal = recordingTerminal({ PERENNIAL_DATA: folder, PARTITIONS: '2' });
      return { code: await run(['import', 'receipt'], terminal, ''), said: terminal.stderr() };
    };
    const { events } = await read();
    const first = await load();
    expect([first.code, first.said]).toEqual([
      0,
      expect.stringContaining(`Imported ${events.length.toLocaleString('en')} events`),
    ]);
    expect(await load()).toMatchObject({
      code: 0,
      said: expect.stringContaining('Imported 0 events') as string,
    });
  }, 60_000);
});

describe('a case', () => {
  const hour = 3_600_000;
  const step = (at: number, activity: string) => ({ task: `task-${at}`, activity, by: 'desk-1', at });
  const told = (changed: Partial<Case>) =>
    caseEvents(
      {
        ...{ id: 'k', customer: 'ann', channel: 'Desk', deadline: 100 * hour },
        steps: [step(10 * hour, 'Confirmation of receipt'), step(20 * hour, 'T02 Check')],
        ...changed,
      },
      1_000 * hour,
    ).map(({ type, at }) => `${at / hour} ${type.replace('.v1', '')}`);

  it('without an end stays open, and is overdue at its deadline', () => {
    expect(told({})).toEqual(['10 case.opened', '20 task.completed', '100 case.overdue']);
  });
  it('that ended in time is not overdue', () => {
    expect(told({ end: 30 * hour })).toEqual(['10 case.opened', '20 task.completed', '30 case.resolved']);
  });
  it('whose end lies before its opening ends with its last step', () => {
    expect(told({ end: 5 * hour }).at(-1)).toBe('20 case.resolved');
  });
  it('is escalated by the first advice only', () => {
    const steps = ['Confirmation of receipt', 'T08 Draft', 'T07-1 Draft'].map((a, n) => step(n * hour, a));
    expect(told({ steps, end: 50 * hour })).toEqual([
      '0 case.opened',
      '1 case.escalated',
      '2 task.completed',
      '50 case.resolved',
    ]);
  });
  it('on which work goes on after its end is reopened before that work and resolved after it', () => {
    const reopened = told({ end: 15 * hour });
    expect(reopened.slice(1)).toEqual([
      '15 case.resolved',
      `${20 - 1 / hour} case.reopened`,
      '20 task.completed',
      '20 case.resolved',
    ]);
  });
});
