import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackends, type Backends } from '#backends';
import { loadConfig } from '#config';
import { upstreamTopics } from '#contracts';
import { Publisher } from '../publish/publisher.js';
import { recordingTerminal } from '../recording-terminal.given.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import { importLedger } from './ledger.js';
import { runImport, type ImportOptions } from './run-import.js';

const now = Date.UTC(2026, 2, 15);
const end = Date.UTC(2020, 0, 1);
const week = 7 * 24 * 3_600_000;
const file = new URL(import.meta.url).pathname;

/** Purchases of three customers, `size` in all. */
const shop = (size: number, files: readonly string[] = [file]): Dataset => ({
  ...{ name: 'shop', source: '/import/shop', files, end, zone: 'UTC' },
  async *events(): AsyncGenerator<ImportedEvent> {
    for (let i = 1; i <= size; i++)
      yield {
        id: `row-${i}`,
        type: 'order.completed.v1',
        subject: `person-${i % 3}`,
        at: end - (size - i) * 60_000,
        data: { orderId: `${i}`, total: 1, currency: 'EUR', products: [] },
      };
  },
});

interface Published {
  readonly id: string;
  readonly subject: string;
  readonly time: string;
  readonly type: string;
  readonly data: { readonly email?: string };
}

describe('an import', () => {
  let folder: string;
  let backends: Backends;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-import-'));
    backends = await openBackends(loadConfig({ PERENNIAL_DATA: folder, PARTITIONS: '2' }), {
      engine: false,
      clientId: 'spec',
    });
  });
  afterEach(async () => {
    await backends.close();
    await rm(folder, { recursive: true, force: true });
  });

  const load = (dataset: Dataset, options: Partial<ImportOptions> = {}) =>
    runImport(
      dataset,
      { assumeConsent: false, ...options },
      {
        publisher: new Publisher(backends.log, '', () => now),
        ledger: importLedger(backends.store),
        terminal: recordingTerminal(),
        now: () => now,
      },
    );

  async function published(): Promise<Published[]> {
    const events: Published[] = [];
    for (const topic of upstreamTopics)
      for (const [partition, range] of (await backends.log.range(topic)).entries())
        for await (const records of backends.log.read(topic, partition, range.start, range.end))
          for (const { value } of records) events.push(JSON.parse(String(value)) as Published);
    return events;
  }
  const ids = async () => (await published()).map(({ id }) => id).sort();

  it('publishes every event once, however often it is run', async () => {
    expect(await load(shop(10))).toMatchObject({ published: 10, skipped: 0, rejected: 0 });
    expect(await load(shop(10))).toMatchObject({ published: 0, skipped: 10 });
    expect(new Set(await ids()).size).toBe(10);
    expect(await published()).toHaveLength(10);
  });

  it('goes on where an interrupted one stopped', async () => {
    const interrupted = await load(shop(2_500), { signal: AbortSignal.abort() });
    expect(interrupted).toMatchObject({ published: 1_000, interrupted: true });
    expect(await load(shop(2_500))).toMatchObject({ published: 1_500, skipped: 1_000 });
    expect(new Set(await ids()).size).toBe(2_500);
    expect(await published()).toHaveLength(2_500);
  });

  it('moves the data by whole weeks, and by the same ones at a later start', async () => {
    await load(shop(2_500), { shiftTo: now, signal: AbortSignal.abort() });
    const { shiftMs } = await load(shop(2_500), { shiftTo: now + 20 * week });
    expect(shiftMs % week).toBe(0);
    const times = (await published()).map(({ time }) => Date.parse(time));
    expect(Math.max(...times)).toBe(end + shiftMs);
    expect(end + shiftMs).toBeGreaterThan(now - week);
  });

  it('gives consents only when asked, once per customer and before the first event', async () => {
    await load(shop(10));
    expect((await published()).filter(({ type }) => type !== 'order.completed.v1')).toEqual([]);
    expect(await load(shop(10), { assumeConsent: true })).toMatchObject({ published: 9 });
    expect(await load(shop(10), { assumeConsent: true })).toMatchObject({ published: 0 });
    const events = await published();
    const profiles = events.filter(({ type }) => type === 'profile.updated.v1');
    expect(profiles.map(({ data }) => data.email).sort()).toEqual(
      [0, 1, 2].map((n) => `person-${n}@shop.invalid`),
    );
    for (const { subject, time } of profiles)
      for (const event of events)
        if (event.subject === subject && event.type === 'order.completed.v1')
          expect(time < event.time).toBe(true);
  });

  it('leaves out and counts what the engine would refuse', async () => {
    const bad = shop(3);
    const odd: Dataset = {
      ...bad,
      async *events(reject) {
        for await (const event of bad.events(reject))
          yield event.id === 'row-2' ? { ...event, data: { ...event.data, total: -1 } } : event;
      },
    };
    expect(await load(odd)).toMatchObject({ published: 2, rejected: 1 });
  });
});
