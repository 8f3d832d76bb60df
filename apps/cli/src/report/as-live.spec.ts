import { bundledDefinition, loadDefinition } from '#lifecycle';
import { carried } from '../import/carried.js';
import { reportAsLive } from './as-live.js';
import type { ReportResult } from './report.js';

const definition = loadDefinition(bundledDefinition());
const always = { from: -Infinity, to: Infinity };
const zone = definition.settings.calendar.zone;
const live = async (dataset: keyof typeof carried, optIn: number): Promise<ReportResult> => {
  const problems: unknown[] = [];
  const report = await reportAsLive(
    carried[dataset](zone),
    definition,
    { optIn, period: always },
    (problem) => problems.push(problem),
  );
  expect(problems).toEqual([]);
  return report.result();
};
const suppressedFor = ({ programmes }: ReportResult, reason: string) =>
  programmes.reduce((sum, { reasons }) => sum + (reasons[reason] ?? 0), 0);
const messages = ({ messages }: ReportResult, purpose: string) =>
  messages.find((row) => row.purpose === purpose)?.messages;

describe('the carried year of Complete Journey, as if the engine had been up', () => {
  it('brings no household over the caps, though all have opted in', async () => {
    const all = await live('complete-journey', 1);
    expect(all.customers).toBe(414);
    expect(all.caps.length).toBeGreaterThan(0);
    for (const { cap, found, most, over } of all.caps)
      expect([cap, found <= most, over]).toEqual([cap, true, []]);
    expect(messages(all, 'marketing')).toBeGreaterThan(100);
    expect(messages(all, 'survey')).toBeGreaterThan(100);
    expect(suppressedFor(all, 'expired')).toBe(0);
  }, 120_000);

  it('sends neither promotion nor survey to anybody while nobody has opted in', async () => {
    const none = await live('complete-journey', 0);
    expect([messages(none, 'marketing'), messages(none, 'survey')]).toEqual([0, 0]);
    expect(suppressedFor(none, 'noConsent')).toBeGreaterThan(100);
  }, 120_000);
});

describe('the carried receipt log, as if the engine had been up', () => {
  it('knows every case of the log, and brings no customer over the caps', async () => {
    const { recovery, caps } = await live('receipt', 0.5);
    expect([recovery.cases, recovery.resolved, recovery.reopened]).toEqual([1_434, 1_329, 8]);
    expect(caps.flatMap(({ over }) => over)).toEqual([]);
  }, 120_000);
});
