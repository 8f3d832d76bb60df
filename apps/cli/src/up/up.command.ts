import { startEngine, type RunningEngine } from '#apps/engine';
import { mailerGroup, startMailer, type RunningMailer } from '#apps/mailer';
import { openLifecycles, untilSignalled, type Backends } from '#backends';
import { inputTopics, topicName } from '#contracts';
import { createLogger, createMetrics } from '#observability';
import type { Command, Context } from '../context.js';
import { exitCode } from '../exit-code.js';
import { Failure } from '../failure.js';
import { completeJourney } from '../import/complete-journey.js';
import { consentNotice, lastLine } from '../import/import.command.js';
import { importLedger } from '../import/ledger.js';
import { runImport } from '../import/run-import.js';
import { shiftTarget } from '../import/shift.js';
import { sampleFolder } from '../project.js';
import { Publisher } from '../publish/publisher.js';
import { caughtUp } from './caught-up.js';
import { firstAppend } from './first-transition.js';
import { presentState } from './present-state.js';
import { upSummary } from './summary.js';

export interface UpOptions {
  readonly importSample: boolean;
  readonly assumeConsent: boolean;
  readonly shiftTo?: string | undefined;
  /** End after the summary. */
  readonly exit: boolean;
}

/** How long a stop may take before the process ends all the same. */
const drainMs = 20_000;

const day = 24 * 3_600_000;
const mostCounted = 100_000;

interface Running {
  readonly backends: Backends;
  readonly engine: RunningEngine;
  readonly mailer: RunningMailer;
}

/** `perennial up`: engine, then mailer, then the import; the summary on stdout; stops in the reverse order. */
export const up =
  (options: UpOptions): Command =>
  async (context) => {
    const { config, terminal } = context;
    const ending = new AbortController();
    const { signal } = ending;
    void untilSignalled().then(() => {
      if (!signal.aborted) terminal.say('Finishing what is under way …');
      ending.abort();
    });
    const backends = await context.backends({ engine: true });
    const logger = createLogger(terminal.env['LOG_LEVEL'] ? config.logLevel : 'warn');
    const lifecycles = await openLifecycles(config, backends.store);
    const engine = await startEngine({ config, backends, lifecycles, logger, metrics: createMetrics() });
    let mailer: RunningMailer | undefined;
    let working: Promise<void> | undefined;
    try {
      mailer = await startMailer({ config, log: backends.log, store: backends.store, logger });
      terminal.say(
        `Engine and mailer run on the ${backends.description}; health at ${engine.url}/health/ready.`,
      );
      working = work({ backends, engine, mailer }, options, context, signal);
      const failure = await Promise.race([engine.failed, mailer.failed, working]);
      if (failure instanceof Error) throw new Failure(failure.message);
      return exitCode.ok;
    } finally {
      const patience = setTimeout(() => process.exit(exitCode.failure), drainMs);
      ending.abort();
      await working?.catch(() => undefined);
      await mailer?.stop();
      await engine.stop();
      clearTimeout(patience);
    }
  };

async function work(
  running: Running,
  options: UpOptions,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const { terminal, config } = context;
  const { backends, engine, mailer } = running;
  tellFirstTransition(backends, context, signal).catch(() => undefined);
  if (options.importSample) await importSample(backends, options, context, signal);
  engine.settle();

  const topics = inputTopics.map((topic) => topicName(config.topicPrefix, topic));
  const mailed = [topicName(config.topicPrefix, 'retention.actions.v1')];
  const readers = [
    { group: config.groupId, topics },
    { group: mailerGroup(config), topics: mailed },
  ];
  const partitions = (await backends.log.range(topics[0] ?? '')).length;
  // A stopped partition waits for a person and is logged as an error; only who wants to end cannot wait with it.
  const progress = (lag: number) => {
    const stopped = engine.status().tasks.find(({ state }) => state === 'stopped');
    if (stopped !== undefined && options.exit)
      throw new Failure(stopped.reason ?? `partition ${stopped.partition} stopped`);
    terminal.progress(`${lag.toLocaleString('en')} records left to fold`);
  };
  if (!(await caughtUp(backends, readers, partitions, signal, progress))) return;
  const { sent, held } = mailer.stats();
  const summary = await presentState(backends, config.topicPrefix);
  await terminal.out(
    upSummary(
      summary,
      { sent, held, destination: mailer.destination },
      await dueWithin(backends, partitions, day),
      await anyCustomer(backends),
    ),
  );
  if (options.exit) return;
  terminal.say('Running, and taking new events. Ctrl-C stops.');
  await aborted(signal);
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

async function importSample(
  { log, store }: Backends,
  { assumeConsent, shiftTo }: UpOptions,
  { terminal, config, now }: Context,
  signal: AbortSignal,
): Promise<void> {
  const sample = completeJourney(sampleFolder);
  terminal.say('Importing a year of 414 households (Complete Journey by 84.51°, CC0) …');
  if (assumeConsent) terminal.say(consentNotice(sample));
  const report = await runImport(
    sample,
    { assumeConsent, signal, shiftTo: shiftTo === undefined ? undefined : shiftTarget(shiftTo, now()) },
    { publisher: new Publisher(log, config.topicPrefix, now), ledger: importLedger(store), terminal, now },
  );
  terminal.say(lastLine(report));
}

/** Time is counted from PERENNIAL_STARTED_AT (ms since the epoch), which `npm start` sets, else from this process's start. */
async function tellFirstTransition(
  { log }: Backends,
  { terminal, config }: Context,
  signal: AbortSignal,
): Promise<void> {
  const started = Number(terminal.env['PERENNIAL_STARTED_AT'] ?? performance.timeOrigin);
  const at = await firstAppend(log, topicName(config.topicPrefix, 'lifecycle.transitions.v1'), signal);
  if (at !== undefined)
    terminal.say(`First transition ${((at - started) / 1_000).toFixed(1)} s after the start.`);
}

/** Customers for whom a timer falls due within `ms`. */
async function dueWithin({ store }: Backends, partitions: number, ms: number): Promise<number> {
  let customers = 0;
  for (let partition = 0; partition < partitions; partition++)
    customers += (await store.due(partition, Date.now() + ms, mostCounted)).length;
  return customers;
}

async function anyCustomer({ store }: Backends): Promise<string | undefined> {
  for await (const { id } of store.scan()) return id;
  return undefined;
}
