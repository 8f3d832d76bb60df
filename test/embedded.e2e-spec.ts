import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackends, openLifecycles } from '#backends';
import { loadConfig } from '#config';
import { run } from '#apps/cli';
import { asFacts, fromFacts, households } from './support/households.js';
import { recordingTerminal } from './support/recording-terminal.js';

const MINUTE = 60_000;
const week = 7 * 24 * 3_600_000;
const count = (n: number) => n.toLocaleString('en');

describe('the carried year on the embedded log and store', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-embedded-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function perennial(args: readonly string[], input = '') {
    const terminal = recordingTerminal({ PERENNIAL_DATA: folder, PORT: '0', LOG_LEVEL: 'silent' }, input);
    const code = await run(args, terminal, '');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }
  const mailsOf = ({ stdout }: { readonly stdout: string }): number =>
    Number(/mails written since the start: ([\d,]+)/.exec(stdout)?.[1]?.replaceAll(',', ''));
  const start = () => perennial(['up', '--import-sample', '--assume-consent', '--shift-to', 'now', '--exit']);

  it(
    'is imported once, folded into the facts that the files hold, and repeated by a replay id by id',
    async () => {
      const first = await start();
      expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('Imported 31,627 events')]);
      // Where the sample was shifted to end just now, its last actions may still be sent, and each delivery is an event.
      const sent = mailsOf(first);
      expect(first.stdout).toContain(`${count(31_627 + sent)} events of 414 customers`);
      const second = await start();
      expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('Imported 0 events')]);
      const sentInAll = sent + mailsOf(second);
      expect(second.stdout).toContain(`${count(31_627 + sentInAll)} events of 414 customers`);

      const config = loadConfig({ PERENNIAL_DATA: folder });
      const backends = await openBackends(config, { engine: false, clientId: 'test' });
      try {
        const lifecycle = (await openLifecycles(config, backends.store)).current;
        const progress = backends.store.records<{ shiftMs: number }>('imports');
        let shiftMs = 0;
        for await (const [, entry] of progress.entries()) shiftMs = entry.shiftMs;
        expect(shiftMs % week).toBe(0);
        const expected = households(shiftMs);
        const found = new Map<string, unknown>();
        for await (const { id, state } of backends.store.scan())
          found.set(id, fromFacts(lifecycle.factsOf(state, Date.now())));
        for (const [id, household] of expected) expect([id, found.get(id)]).toEqual([id, asFacts(household)]);
        expect(found.size).toBe(414);
      } finally {
        await backends.close();
      }

      const replayed = await perennial(['replay', '--verify', '--output', 'json']);
      expect([replayed.code, replayed.stderr]).toEqual([
        0,
        expect.stringMatching(/^Verified: all [\d,]+ outputs/m),
      ]);
      expect(JSON.parse(replayed.stdout)).toMatchObject({
        events: 31_627 + sentInAll,
        customers: 414,
        differences: [],
      });
    },
    4 * MINUTE,
  );

  it('shows a customer, and says why they stand where they stand', async () => {
    const shown = await perennial(['show', 'household-900', '--output', 'json']);
    expect(shown.code).toBe(0);
    expect(Object.keys(JSON.parse(shown.stdout) as object)).toEqual([
      'customer',
      'stage',
      'health',
      'facts',
      'timers',
      'version',
    ]);
    const why = await perennial(['why', 'household-900', '--output', 'ndjson']);
    const reasons = why.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; rule: string; facts: object; causes: string[] });
    const [first] = reasons.filter(({ type }) => type === 'stage.changed.v1');
    expect(first?.rule).toEqual(expect.any(String));
    expect(first?.causes).toEqual([expect.stringContaining('/import/complete-journey#')]);
    expect(await perennial(['why', 'nobody'])).toMatchObject({ code: 1 });
  });
});
