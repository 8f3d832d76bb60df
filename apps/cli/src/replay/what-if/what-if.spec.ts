import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledDefinition } from '#lifecycle';
import { temporaryFolder } from '#testing';
import { cdnowFile } from '../../project.js';
import { recordingTerminal } from '../../recording-terminal.given.js';
import { run } from '../../run.js';
import type { WhatIf } from './result.js';

const folder = temporaryFolder('what-if');
const file = join(folder, 'some.txt');
const candidate = join(folder, 'candidate.yaml');
const own = join(folder, 'own.yaml');

async function perennial(...args: readonly string[]) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: join(folder, 'none') });
  const code = await run(['replay', ...args], terminal, '');
  expect([code, terminal.stderr()]).toEqual([0, expect.any(String)]);
  return terminal.stdout();
}

const asked = ['--file', file, '--format', 'cdnow', '--assume-consent', '--against', own] as const;
const ask = async (definition: string) =>
  JSON.parse(await perennial('--definition', definition, ...asked, '--output', 'json')) as WhatIf;

beforeAll(() => {
  writeFileSync(file, readFileSync(cdnowFile, 'latin1').split('\n').slice(0, 400).join('\n'));
  writeFileSync(own, bundledDefinition());
  const changed = bundledDefinition()
    .replace('version: 1', 'version: 2')
    .replace('overdueFloor: 21', 'overdueFloor: 120')
    .replace('  message: 0.05', '  message: 0.5');
  expect(changed).toContain('overdueFloor: 120');
  writeFileSync(candidate, changed);
});

describe('a what-if of a file', () => {
  let result: WhatIf;
  beforeAll(async () => {
    result = await ask(candidate);
  }, 60_000);

  it('says first what it does not show', async () => {
    const text = await perennial('--definition', candidate, ...asked, '--top', '1');
    expect(text.split('\n')[0]).toMatch(/held as recorded.*not effects/);
    expect(text).toContain('setting overdueFloor: 21 days → 120 days');
    expect(text).toContain('only candidate:');
  });

  it('accounts for every customer once, by stage and by value', () => {
    const total = (flows: readonly { readonly customers: number }[]) =>
      flows.reduce((sum, { customers }) => sum + customers, 0);
    expect(total(result.stageFlow)).toBe(result.customers);
    expect(total(result.healthFlow)).toBe(result.customers);
    for (const by of ['stage', 'value'] as const) {
      const rows = result.breakdowns.filter((row) => row.by === by);
      expect(rows.reduce((sum, { customers = 0 }) => sum + customers, 0)).toBe(result.customers);
      expect(rows.reduce((sum, { moved = 0 }) => sum + moved, 0)).toBe(result.moved.stage);
    }
    const last = result.stages.slice(-5);
    expect(last.reduce((sum, { candidate: count }) => sum + count, 0)).toBe(result.customers);
  });

  it('has as many actions more as gained exceed lost, however they are told apart', () => {
    const [was, is] = [0, 1].map((side) =>
      result.actions.reduce((sum, { requested }) => sum + requested[side as 0 | 1], 0),
    ) as [number, number];
    expect(is).not.toBe(was);
    for (const by of ['stage', 'programme', 'month', 'value'] as const) {
      const rows = result.breakdowns.filter((row) => row.by === by);
      expect(rows.reduce((sum, { requested: [a, b] }) => sum + b - a, 0)).toBe(is - was);
      expect(rows.reduce((sum, { gained, lost }) => sum + gained - lost, 0)).toBe(is - was);
    }
    for (const { requested, gained, lost } of result.actions)
      expect(gained - lost).toBe(requested[1] - requested[0]);
  });

  it('reckons each side’s actions at that side’s costs', () => {
    const messages = result.costs.kinds.find(({ kind }) => kind === 'message');
    expect(messages?.each).toEqual([0.05, 0.5]);
    for (const side of [0, 1] as const)
      expect(messages?.cost[side]).toBeCloseTo(
        (messages?.requested[side] ?? 0) * (messages?.each[side] ?? 0),
        2,
      );
    expect(result.costs).toMatchObject({ currency: 'USD', stated: true, acquisitionCost: 30 });
  });

  it('explains those who differ most on both sides, with rule and facts', () => {
    expect(result.differing).toHaveLength(10);
    for (const { why } of result.differing) {
      const told = [...why.against, ...why.candidate];
      expect(told.length).toBeGreaterThan(0);
      for (const entry of told) expect(entry.rule).not.toBe('');
    }
    const [first] = result.differing;
    const overdue = first?.why.against.find(({ rule }) => rule === 'overdue');
    expect(overdue?.description).toMatch(/Silent/);
  });

  it('says that a file of purchases records no consent', async () => {
    const purchases = join(folder, 'purchases.csv');
    writeFileSync(purchases, 'customer,date,value\nann,2026-01-05,20\nann,2026-02-05,30\n');
    const printed = await perennial(
      '--definition',
      candidate,
      '--against',
      own,
      '--file',
      purchases,
      '--output',
      'json',
    );
    const { notes, customers } = JSON.parse(printed) as WhatIf;
    expect([customers, notes.join()]).toEqual([1, expect.stringContaining('--assume-consent')]);
    expect(result.notes.join()).not.toContain('--assume-consent');
  });

  it('finds nothing where both are one definition', async () => {
    const { moved, differing, costs } = await ask(own);
    expect([moved, differing]).toEqual([{ stage: 0, health: 0, gained: 0, lost: 0 }, []]);
    expect(costs.total[0]).toBe(costs.total[1]);
    expect(costs.total[0]).toBeGreaterThan(0);
  });

  it('prints a row for each customer as CSV and NDJSON', async () => {
    const csv = await perennial('--definition', candidate, ...asked, '--output', 'csv');
    const ndjson = await perennial('--definition', candidate, ...asked, '--output', 'ndjson');
    expect(csv.split('\n')[0]).toMatch(/^customer,value,stageAgainst,stageCandidate,/);
    expect(csv.trim().split('\n')).toHaveLength(result.customers + 1);
    expect(ndjson.trim().split('\n')).toHaveLength(result.customers);
  });
});
