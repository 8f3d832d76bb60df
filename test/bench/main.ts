import { Command, InvalidArgumentError, Option } from 'commander';
import { buildIfStale } from '../../tools/build.mjs';
import { root } from '../support/processes.js';
import { compare, type CompareOptions } from './compare.js';
import { growth, growthReport, type GrowthOptions } from './growth/growth.js';
import { loadShapes } from './load/who.js';
import { producerReport } from './producers/producer-report.js';
import { producers, type ProducersOptions } from './producers/producers.js';
import { asText, intoDocuments, type Report } from './report/report.js';
import { comparison } from './report/table.js';

const say = (line: string) => void process.stderr.write(`${line}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const program = new Command('npm run bench --')
  .showHelpAfterError("(try '--help')")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
const output = () =>
  new Option('-o, --output <format>', 'how to print the result').choices(['table', 'json']).default('table');
const document = () =>
  new Option('--document', 'also write the result into docs/performance.md').default(false);

interface Printing {
  readonly output: 'table' | 'json';
  readonly document: boolean;
}

/** Builds what is measured, measures, prints. */
async function run<T>(
  { output, document }: Printing,
  measure: () => Promise<T>,
  reportOf: (result: T) => Report,
): Promise<never> {
  if (buildIfStale(`${root}/`, process.execPath) !== 0) process.exit(1);
  const result = await measure();
  const report = reportOf(result);
  if (document) intoDocuments(root, report);
  process.stdout.write(
    output === 'json'
      ? `${JSON.stringify(result)}
`
      : asText(report),
  );
  process.exit(0);
}

program
  .command('compare', { isDefault: true })
  .description('the engine beside what else could do its job, in turns on one Kafka 4.1 with the same topics')
  .addOption(
    new Option('-e, --events <number>', 'events of the load').argParser(atLeast(1_000)).default(500_000),
  )
  .addOption(new Option('--load <shape>', 'how they fall on customers').choices(loadShapes).default('even'))
  .addOption(new Option('-r, --rounds <number>', 'goes of each contestant').argParser(atLeast(1)).default(3))
  .addOption(new Option('--seed <number>', 'of the load').argParser(atLeast(0)).default(1))
  .addOption(
    new Option('--naive-events <number>', 'events that the naive service takes; 0 leaves it out')
      .argParser(atLeast(0))
      .default(2_000),
  )
  .option('--no-latency', 'leave out the latencies')
  .addOption(new Option('--peer-dir <folder>', 'a Kafka Streams application (Maven) to measure as well'))
  .addOption(output())
  .addOption(document())
  .addHelpText(
    'after',
    `
Contestants: the engine as users run it (built, embedded store, exactly once) with all programmes; the same with follow-up
alone, which is the peer's job; the ceiling, kafkajs with eachBatch and JSON.parse, which publishes as many records and bytes as
the engine in transactions of as many events; a naive Nest service (ServerKafka, one mongoose call per message); and the peer.
Loads: 'even' and 'skewed' have a customer for ten events, 'one-each' one for each.

A rate is events by the time from the group having its partitions until its committed offsets have reached the ends.
Latency is from an event being due until a reader of committed records holds what came of it, at half of the slowest rate
of engine, ceiling and peer. Each go ends by itself after ten minutes at most; then the exit code is 1.

JSON: {oursPerSecond, ceilingPerSecond, naivePerSecond, peerPerSecond, ratioToCeiling, ratioToPeer, ratioToPeerSameJob,
outputsPerEvent, rssMb, peerRssMb, p50Ms, p99Ms, peerP99Ms, …}; what was not measured is null. Ratios are medians of the rounds'.`,
  )
  .action((options: Printing & CompareOptions) => run(options, () => compare(options, say), comparison));

program
  .command('growth')
  .description('what more customers, one hot customer, and a second process change')
  .addOption(
    new Option('-c, --customers <numbers>', 'how many, ascending, separated by commas')
      .argParser((text) => text.split(',').map(atLeast(1_000)))
      .default([10_000, 100_000, 1_000_000], '10000,100000,1000000'),
  )
  .addOption(
    new Option('--hot-events <number>', 'events with and without a hot customer')
      .argParser(atLeast(1_000))
      .default(100_000),
  )
  .addOption(
    new Option('--mongo-events <number>', 'events for two processes on MongoDB; 0 leaves them out')
      .argParser(atLeast(0))
      .default(4_000),
  )
  .addOption(output())
  .addOption(document())
  .addHelpText(
    'after',
    `
Each number of customers has a history of two events on average; then live events of all of them are measured, a thousand a second.
Two processes need MongoDB, since a folder of the embedded store belongs to one.

JSON: {populations: [{customers, cpuMicros, historyPerSecond, rssMb, ownMb, storedBytes}], costRatio,
hot: {events, evenSeconds, hotSeconds, ratio}, two: {events, shares, seconds} or null, setting}`,
  )
  .action((options: Printing & GrowthOptions) => run(options, () => growth(options, say), growthReport));

program
  .command('producers')
  .description('perennial publish and import, each in turn with kafkajs sendBatch of the same records')
  .addOption(
    new Option('-e, --events <number>', 'events to publish').argParser(atLeast(1_000)).default(200_000),
  )
  .addOption(new Option('-r, --rounds <number>', 'goes of each').argParser(atLeast(1)).default(3))
  .addOption(output())
  .addOption(document())
  .addHelpText(
    'after',
    `
A command's rate is the one that it prints: all of its work but the start of the process. kafkajs has the records in memory.

JSON: {publish: {events, perSecond, plainPerSecond, ratio}, import: {…}, rounds, setting}`,
  )
  .action((options: Printing & ProducersOptions) =>
    run(options, () => producers(options, say), producerReport),
  );

try {
  await program.parseAsync();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= least) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} on.`);
  };
}
