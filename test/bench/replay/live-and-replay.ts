import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#apps/cli';
import { inputTopics, topicSpecs } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { defaultLimits, Engine, systemClock, type OutboundRecord } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { recordingTerminal } from '../../support/recording-terminal.js';
import type { Year } from '../carried-year.js';
import { topicOfType } from './topic-of-type.js';

const partitions = 8;

export interface Timed {
  readonly events: number;
  readonly seconds: number;
  /** Processor time of this process, all threads; of other processes nothing. */
  readonly cpuSeconds: number;
}

export interface Measured {
  readonly live: Timed;
  readonly replay: Timed;
  readonly verify: Timed;
  readonly parallel: Timed;
}

/**
 * The carried year: an engine folds it from an embedded log into an embedded store; then it is replayed in this process,
 * verified, and replayed by two processes. The folder is removed.
 */
export async function liveAndReplay(
  { events, texts }: Year,
  said: (what: string) => void,
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-replay-'));
  try {
    const live = await folded(folder, records(events, texts), said);
    const replayed = (what: string, ...args: readonly string[]) => {
      said(what);
      return timed(events.length, () => perennial(folder, 'replay', ...args));
    };
    return {
      live,
      replay: await replayed('replay in one process', '--jobs', '1'),
      verify: await replayed('replay --verify in one process', '--verify', '--jobs', '1'),
      parallel: await replayed('replay in two processes', '--jobs', '2'),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const records = (events: Year['events'], texts: Year['texts']): OutboundRecord[] =>
  events.map(({ type, subject }, i) => ({ topic: topicOfType(type), key: subject, value: texts[i] ?? '' }));

async function folded(
  folder: string,
  inputs: readonly OutboundRecord[],
  said: (what: string) => void,
): Promise<Timed> {
  const embedded = await openEmbedded({ path: folder, engine: true });
  try {
    await embedded.log.createTopics(topicSpecs('', partitions));
    const definition = loadDefinition(bundledDefinition());
    await embedded.store.registerDefinition({ ...definition, source: bundledDefinition() });
    said('publishing');
    for (let at = 0; at < inputs.length; at += 2_000)
      await embedded.log.publish(inputs.slice(at, at + 2_000));
    said('live engine');
    return await timed(inputs.length, () => live(embedded));
  } finally {
    await embedded.close();
  }
}

/** Until everything is folded and no timer is due. */
async function live({ log, store, atomic }: Embedded): Promise<void> {
  const lifecycle = createLifecycle(loadDefinition(bundledDefinition()), () => ({ code: 'X', keyId: 'k' }));
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const engine = new Engine({
    ...{ log, store, atomic, clock: systemClock, random: Math.random },
    ...{ group: 'bench', partitions, topics: [...inputTopics], prefix: '' },
    ...{ lifecycle, lifecycleOf: () => Promise.resolve(lifecycle), limits: defaultLimits },
    observe: () => undefined,
    onFatal: (error) => fail(error),
  });
  await engine.start();
  engine.settle();
  try {
    await Promise.race([failed, quiet(engine)]);
  } finally {
    await engine.stop();
  }
}

async function quiet(engine: Engine): Promise<void> {
  for (;;) {
    const { tasks } = engine.status();
    if (tasks.length > 0 && tasks.every((task) => task.quiet)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One command of the command line. @throws Error with what it said where it fails */
export async function perennial(folder: string, ...args: readonly string[]): Promise<string> {
  const terminal = recordingTerminal({ ...process.env, PERENNIAL_DATA: folder }, '');
  const code = await run(args, terminal, '');
  if (code !== 0) throw new Error(`perennial ${args.join(' ')} ended with ${code}:\n${terminal.stderr()}`);
  return terminal.stdout();
}

export async function timed(events: number, work: () => Promise<unknown>): Promise<Timed> {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    events,
    seconds: (performance.now() - begun) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
  };
}
