import { createWriteStream, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { upstreamTopics } from '#contracts';
import type { LogRecord } from '#pipeline';
import { perennial, root } from '../../support/processes.js';
import { openArena, type Arena, type Field } from '../arena.js';
import { runChild } from '../contestants/run-child.js';
import { backlogOf } from '../load/load.js';
import { setting, type Setting } from '../report/machine.js';
import { quantile } from '../rounds.js';
import type { PlainSettings } from './plain.child.js';

export interface ProducersOptions {
  readonly events: number;
  readonly rounds: number;
}

/** Events per second, medians of the rounds: by what the command says, and kafkajs' `sendBatch` of the very same records. */
export interface ProducerRates {
  readonly publish: Beside;
  readonly import: Beside;
  readonly rounds: number;
  readonly setting: Setting;
}
export interface Beside {
  readonly events: number;
  readonly perSecond: number;
  readonly plainPerSecond: number;
  readonly ratio: number;
}

const sample = join(root, 'test/fixtures/complete-journey');

/** Measures `perennial publish` and `perennial import`, each in turn with plain kafkajs, on a Kafka of its own. */
export async function producers(
  { events, rounds }: ProducersOptions,
  said: (line: string) => void,
): Promise<ProducerRates> {
  const where = setting(root);
  said('starting Kafka');
  const arena = await openArena();
  try {
    const lines = join(arena.folder, 'events.ndjson');
    const load = { events, customers: Math.ceil(events / 10), shape: 'even', seed: 1 } as const;
    await write(lines, backlogOf(load, ''), ({ value }) => String(value));
    const commands = {
      publish: ['publish', lines],
      import: ['import', 'complete-journey', sample, '--assume-consent', '--shift-to', 'now'],
    };
    const goes: Record<keyof typeof commands, Omit<Beside, 'ratio'>[]> = { publish: [], import: [] };
    for (let round = 0; round < rounds; round++)
      for (const name of ['publish', 'import'] as const) {
        const go = await besidePlain(commands[name], `${name}-${round}.`, arena);
        said(
          `round ${round + 1} of ${rounds}: ${name} ${go.perSecond}, kafkajs ${go.plainPerSecond} events/s`,
        );
        goes[name].push(go);
      }
    return { publish: medians(goes.publish), import: medians(goes.import), rounds, setting: where };
  } finally {
    await arena.close();
  }
}

async function besidePlain(
  args: readonly string[],
  prefix: string,
  arena: Arena,
): Promise<Omit<Beside, 'ratio'>> {
  const { brokers, folder } = arena;
  const field = await arena.prepare(prefix);
  const env = {
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
    PERENNIAL_DATA: mkdtempSync(join(folder, 'data-')),
  };
  const { code, stderr } = await perennial(args, env);
  const told = /([\d,]+) events? in ([\d.]+) s \(([\d,]+) events\/s\)/.exec(stderr);
  if (code !== 0 || !told)
    throw new Error(`perennial ${args.join(' ')} ended with ${code}: ${stderr.slice(-2_000)}`);
  const [events = 0, perSecond = 0] = [told[1], told[3]].map((text) => Number(text?.replaceAll(',', '')));
  const seconds = await plain(field, arena);
  return { events, perSecond, plainPerSecond: Math.round(events / seconds) };
}

/** Seconds in which kafkajs sends what was published under the prefix to topics of the same names under another. */
async function plain({ prefix }: Field, arena: Arena): Promise<number> {
  const into = await arena.prepare(`plain-${prefix}`);
  const file = join(arena.folder, `${prefix}json`);
  await write(file, allOf(prefix, arena), ({ topic, key, value }) =>
    JSON.stringify([into.prefix + topic.slice(prefix.length), String(key), String(value)]),
  );
  const settings: PlainSettings = { brokers: arena.brokers, file, into: `${file}.seconds` };
  const { ended } = runChild(new URL('./plain.child.ts', import.meta.url), settings, arena.folder);
  await ended;
  return Number(readFileSync(settings.into, 'utf8'));
}

async function* allOf(prefix: string, { log }: Arena): AsyncGenerator<LogRecord> {
  for (const topic of upstreamTopics)
    for (const [partition, { start, end }] of (await log.range(prefix + topic)).entries())
      for await (const chunk of log.read(prefix + topic, partition, start, end)) yield* chunk;
}

async function write<T>(
  file: string,
  records: Iterable<T> | AsyncIterable<T>,
  lineOf: (record: T) => string,
) {
  const lines = async function* () {
    for await (const record of records) yield `${lineOf(record)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

function medians(goes: readonly Omit<Beside, 'ratio'>[]): Beside {
  const median = (of: (go: Omit<Beside, 'ratio'>) => number) =>
    quantile(
      goes.map(of).sort((a, b) => a - b),
      0.5,
    );
  return {
    events: goes[0]?.events ?? 0,
    perSecond: median(({ perSecond }) => perSecond),
    plainPerSecond: median(({ plainPerSecond }) => plainPerSecond),
    ratio: Math.round(median(({ perSecond, plainPerSecond }) => perSecond / plainPerSecond) * 100) / 100,
  };
}
