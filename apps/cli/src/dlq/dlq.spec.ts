import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackends, type Backends } from '#backends';
import { loadConfig } from '#config';
import { deadLetter, inboxTopic } from '#contracts';
import type { LogRecord } from '#pipeline';
import { recordingTerminal } from '../recording-terminal.given.js';
import { run } from '../run.js';

const event = JSON.stringify({
  specversion: '1.0',
  id: '1',
  source: '/shop',
  type: 'page.visited.v1',
  subject: 'c-1',
  time: '2026-03-01T10:00:00Z',
  data: { page: '/bread' },
});
const headers = { 'content-type': Buffer.from('application/cloudevents+json') };

describe('dead letters', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-dlq-'));
    await perennial('topics', 'list');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function perennial(...args: string[]) {
    const terminal = recordingTerminal({ PERENNIAL_DATA: folder, PARTITIONS: '2' });
    const code = await run(args, terminal, '');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  async function withBackends<T>(work: (backends: Backends) => Promise<T>): Promise<T> {
    const config = loadConfig({ PERENNIAL_DATA: folder });
    const backends = await openBackends(config, { engine: false, clientId: 'spec' });
    return work(backends).finally(() => backends.close());
  }

  /** Gives up a record of `topic` with this value, at offset 7 of partition 1. */
  const giveUp = (topic: string, value: Buffer | null) =>
    withBackends(({ log }) => {
      const record = {
        topic,
        partition: 1,
        offset: 7,
        timestamp: 0,
        key: Buffer.from('c-1'),
        value,
        headers,
      };
      const reason = { group: 'perennial', stage: 'fold', errorClass: 'fold', message: 'a rule threw' };
      return log.publish([deadLetter(record, { ...reason, attempts: 1, failedAt: Date.UTC(2026, 2, 1) })]);
    });

  const inbox = () =>
    withBackends(async ({ log }) => {
      const records: LogRecord[] = [];
      for (const [partition, { start, end }] of (await log.range(inboxTopic)).entries())
        for await (const chunk of log.read(inboxTopic, partition, start, end)) records.push(...chunk);
      return records;
    });

  const listed = async (...more: string[]) =>
    JSON.parse((await perennial('dlq', 'list', '--output', 'json', ...more)).stdout) as {
      ref: string;
      state: string;
    }[];

  it('are listed with customer and reason, and shown with their bytes', async () => {
    await giveUp('purchase.events.v1', Buffer.from([0xff, 0x00]));
    const [letter] = await listed();
    expect(letter).toMatchObject({
      ref: 'purchase.events.v1.dlq/1/0',
      state: 'open',
      customer: 'c-1',
      errorClass: 'fold',
      message: 'a rule threw',
    });
    const shown = await perennial('dlq', 'show', letter?.ref ?? '', '--output', 'json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      origin: { topic: 'purchase.events.v1', partition: 1, offset: 7 },
      value: '/wA=',
      encoding: 'base64',
    });
  });

  it("go to the engine's inbox when redriven, bytes and origin kept, and only once", async () => {
    await giveUp('engagement.events.v1', Buffer.from(event));
    expect(await perennial('dlq', 'redrive', '--all')).toMatchObject({ code: 0 });
    const [record, ...more] = await inbox();
    expect(more).toEqual([]);
    expect([String(record?.key), String(record?.value)]).toEqual(['c-1', event]);
    expect(String(record?.headers['x-origin-topic'])).toBe('engagement.events.v1');
    expect(Object.keys(record?.headers ?? {}).filter((name) => name.startsWith('x-dlq'))).toEqual([]);
    expect(await listed()).toEqual([]);
    expect(await perennial('dlq', 'redrive', 'engagement.events.v1.dlq/1/0')).toMatchObject({ code: 1 });
    expect(await inbox()).toHaveLength(1);
  });

  it('of a subscriber are not sent to the engine', async () => {
    await giveUp('retention.actions.v1', Buffer.from(event));
    const { code, stderr } = await perennial('dlq', 'redrive', '--all');
    expect([code, stderr]).toEqual([1, expect.stringContaining('is no input of the engine')]);
    expect(await inbox()).toEqual([]);
  });

  it('are listed no more once accepted, save with --all', async () => {
    await giveUp('purchase.events.v1', null);
    expect((await perennial('dlq', 'accept', '--all')).code).toBe(0);
    expect(await listed()).toEqual([]);
    expect((await listed('--all')).map(({ state }) => state)).toEqual(['accepted']);
  });

  it('that do not exist are named', async () => {
    const { code, stderr } = await perennial('dlq', 'accept', 'purchase.events.v1.dlq/0/3');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("no dead letter 'purchase.events.v1.dlq/0/3'"),
    ]);
  });
});
