import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { carriedYear } from '../carried-year.js';
import { liveAndReplay, type Timed } from './live-and-replay.js';
import { largeLog } from './large-log.js';
import { whatIfOfFile } from './what-if-of-file.js';

const root = join(import.meta.dirname, '../../..');
const say = (what: string) => void process.stderr.write(`${what}\n`);

interface Options {
  readonly output: 'table' | 'json';
  readonly file: string;
  readonly large: number;
}

await new Command('npm run bench:replay --')
  .description(
    'Folds the carried year with the live engine on the embedded log and store, replays it beside that, and asks a what-if of a CDNOW file.',
  )
  .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'))
  .option('--file <cdnow>', 'a CDNOW file', join(root, 'test/fixtures/cdnow/CDNOW_master.txt.gz'))
  .addOption(
    new Option('--large <events>', 'also generate and replay a log of so many events (0: none)')
      .argParser(whole)
      .default(0),
  )
  .addHelpText(
    'after',
    `
Prints {events, livePerSecond, replayPerSecond, verifyPerSecond, parallelPerSecond, replayToLive, parallelToReplay,
replayToLiveCpu, whatIf: {events, customers, seconds, cpuSeconds, reportBytes}, large: {events, customers, perSecond,
peakRssMb}}. Rates are of wall time; replayToLiveCpu is of processor time, one process each.`,
  )
  .showHelpAfterError("(try '--help')")
  .action(async ({ output, file, large }: Options) => {
    // The large log comes first: a process's peak of memory never falls again.
    const big = large > 0 ? await largeLog(large, say) : undefined;
    const { live, replay, verify, parallel } = await liveAndReplay(await carriedYear(root), say);
    say('what-if of a file');
    const whatIf = await whatIfOfFile(file);
    const result = {
      events: live.events,
      livePerSecond: rate(live),
      replayPerSecond: rate(replay),
      verifyPerSecond: rate(verify),
      parallelPerSecond: rate(parallel),
      replayToLive: ratio(live.seconds, Math.min(replay.seconds, parallel.seconds)),
      parallelToReplay: ratio(replay.seconds, parallel.seconds),
      replayToLiveCpu: ratio(live.cpuSeconds, replay.cpuSeconds),
      whatIf: { ...whatIf, seconds: two(whatIf.seconds), cpuSeconds: two(whatIf.cpuSeconds) },
      ...(big && {
        large: {
          events: big.events,
          customers: big.customers,
          perSecond: rate(big),
          peakRssMb: big.peakRssMb,
        },
      }),
    };
    process.stdout.write(
      output === 'json'
        ? `${JSON.stringify(result)}\n`
        : Object.entries(result)
            .map(([name, value]) => `${name.padEnd(20)}${JSON.stringify(value)}\n`)
            .join(''),
    );
  })
  .parseAsync();

function whole(text: string): number {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('expected a whole number up to 99999999.');
  return Number(text);
}

function rate({ events, seconds }: Timed): number {
  return Math.round(events / seconds);
}

function two(value: number): number {
  return Math.round(value * 100) / 100;
}

function ratio(slow: number, quick: number): number {
  return two(slow / quick);
}
