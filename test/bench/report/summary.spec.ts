import type { Backlog } from '../measure/backlog.js';
import type { Entry, Name } from '../tournament.js';
import { summarise } from './summary.js';

const go = (perSecond: number): Backlog => ({
  ...{ events: 1_000, seconds: 1, perSecond, cpuPerMillion: 10, brokerCpuPerMillion: undefined },
  memory: { peakMb: perSecond / 10, ownMb: 1 },
});
const entry = (...rates: readonly number[]): Entry => ({
  contestant: { name: '', start: () => Promise.reject(new Error('not here')) },
  goes: rates.map(go),
  published: { records: 1_500, bytes: 3_000 },
});
const setting = {
  ...{ date: '2026-01-01', commit: null, cores: 2, memoryGb: 23, processor: '' },
  ...{ loadAverage: 0, node: '24', kafka: '4.1' },
};
const summaryOf = (entries: ReadonlyMap<Name, Entry>) =>
  summarise({
    ...{ entries, latencies: new Map(), latencyRate: null, setting },
    load: { events: 1_000, customers: 100, shape: 'even', bytesPerEvent: 300 },
  });

describe('the summary', () => {
  it("takes ratios round by round, so that a slow minute of the machine's does not change them", () => {
    const entries = new Map<Name, Entry>([
      ['ours', entry(200, 20, 100)],
      ['peer', entry(100, 10, 50)],
    ]);
    expect(summaryOf(entries)).toMatchObject({ ratioToPeer: 2, oursPerSecond: 100, peerPerSecond: 50 });
  });

  it('has the greatest memory, and null for what was not measured', () => {
    const summary = summaryOf(new Map([['ours', entry(200, 100)]]));
    expect(summary).toMatchObject({
      rssMb: 20,
      outputsPerEvent: 1.5,
      peerRssMb: null,
      ratioToCeiling: null,
      p99Ms: null,
    });
  });
});
