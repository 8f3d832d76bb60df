import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackends } from '#backends';
import { loadConfig } from '#config';
import { encodeEvent, structuredHeaders } from '#contracts';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';
import { day, sent, start } from './report.given.js';
import type { ReportResult } from './report.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function report(...args: readonly string[]) {
  const terminal = recordingTerminal({ PERENNIAL_DATA: folder });
  const code = await run(['report', ...args], terminal, '');
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}
const result = async (...args: readonly string[]) =>
  JSON.parse((await report('--output', 'json', ...args)).stdout) as ReportResult;

type Written = readonly [topic: string, type: string, at: number, data: object];

async function publish(written: readonly Written[]): Promise<void> {
  const backends = await openBackends(loadConfig({ PERENNIAL_DATA: folder }), {
    engine: false,
    clientId: 'spec',
  });
  const event = (type: string, at: number, data: object, n: number) =>
    encodeEvent({
      ...{ specversion: '1.0', id: `e-${n}`, source: '/test', type, subject: 'ann' },
      ...{ time: new Date(at).toISOString(), data },
    });
  try {
    await backends.log.publish(
      written.map(([topic, type, at, data], n) => ({
        ...{ topic, key: 'ann', headers: structuredHeaders, value: event(type, at, data, n) },
      })),
    );
  } finally {
    await backends.close();
  }
}
const asked = (at: number, changed = {}): Written => [
  'retention.actions.v1',
  'action.requested.v1',
  at,
  sent(at, changed),
];

describe('perennial report', () => {
  it('says that nothing was asked for yet', async () => {
    const { code, stdout, stderr } = await report();
    expect([code, stderr]).toEqual([0, expect.stringContaining('retention.actions.v1 holds nothing')]);
    expect(stdout).toContain('0 customers, 0 transitions');
  });

  it("counts upstream's duplicates, and the outputs that stand again since some came beyond the window", async () => {
    const visit: Written = ['engagement.events.v1', 'page.visited.v1', start, { page: '/' }];
    await publish([visit, asked(start)]);
    await publish([visit, asked(start)]);
    await publish([visit]);
    expect((await result()).duplicates).toEqual({ repeatedEvents: 2, repeatedOutputs: 1 });
    expect((await report()).stdout).toContain('2 events came again; 1 outputs stand again');
    const later = new Date(start + day).toISOString();
    expect((await result('--from', later)).duplicates).toEqual({ repeatedEvents: 0, repeatedOutputs: 0 });
  });

  it('counts what the topics hold, by programme and reason', async () => {
    await publish([
      asked(start),
      [
        'retention.actions.v1',
        'action.suppressed.v1',
        start + day,
        { ...sent(start + day), reason: 'openCase' },
      ],
      ['lifecycle.transitions.v1', 'health.changed.v1', start, { from: 'well', to: 'atRisk' }],
      ['support.events.v1', 'case.opened.v1', start, { caseId: 'k1' }],
    ]);
    expect(await result()).toMatchObject({
      customers: 1,
      transitions: 1,
      programmes: [{ programme: 'win-back', requested: 1, suppressed: 1, reasons: { openCase: 1 } }],
      recovery: { cases: 1, acknowledged: 0 },
    });
    expect((await report()).stdout).toMatch(/win-back +1 +1 +openCase 1/);
  });

  it('leaves out what was decided before --from, and from --to on', async () => {
    await publish([asked(start), asked(start + day), asked(start + 2 * day)]);
    const at = (days: number) => new Date(start + days * day).toISOString();
    const [row] = (await result('--from', at(1), '--to', at(2))).programmes;
    expect(row?.requested).toBe(1);
  });

  it('names who got more than the caps allow, unless a message failed', async () => {
    await publish([asked(start), asked(start + day)]);
    expect((await result()).caps[0]).toMatchObject({ found: 2, over: ['ann'] });
    const failed = { actionId: sent(start).actionId, channel: 'email' };
    await publish([['engagement.events.v1', 'message.failed.v1', start, failed]]);
    expect((await result()).caps[0]).toMatchObject({ found: 1, over: [] });
  });
});
