import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { carriedYear } from './carried-year.js';
import { measureAdvance, type Measured } from './measure-advance.js';
import type { Rate } from './rounds.js';

const root = join(import.meta.dirname, '../..');

await new Command('npm run bench:advance --')
  .description(
    'Folds the carried year of 414 households with all programmes of the bundled definition, and parses the very same ' +
      'events as JSON, in turns in one process.',
  )
  .addOption(
    new Option('-o, --output <format>', 'how to print the result')
      .choices(['table', 'json'])
      .default('table'),
  )
  .addOption(
    new Option('-r, --rounds <number>', 'measured rounds, after two to warm up').argParser(count).default(9),
  )
  .addHelpText(
    'after',
    `
Prints on stdout, as JSON in one line:
  advancePerSecond    events that advance() folds in a second of one core, median of the rounds
  jsonParsePerSecond  events that JSON.parse reads in a second of one core, median of the rounds
  ratio               the first by the second: what the machine's speed does not change
  events, customers   how many there were
  stateBytes          of a customer's state as JSON after the year: {median, p99, max}
Progress goes to stderr. Exit code 0 when measured, 1 when not; the ratio has no bearing on it.`,
  )
  .showHelpAfterError("(try '--help')")
  .action(async ({ output, rounds }: { readonly output: 'table' | 'json'; readonly rounds: number }) => {
    const measured = measureAdvance(await carriedYear(root), rounds, (round) =>
      process.stderr.write(round > 0 ? `round ${round} of ${rounds}\n` : 'warming up\n'),
    );
    process.stdout.write(output === 'json' ? `${JSON.stringify(summary(measured))}\n` : table(measured));
  })
  .parseAsync();

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 to 9999.');
  return Number(text);
}

function summary({ advance, jsonParse, ratio, ...rest }: Measured) {
  return {
    advancePerSecond: Math.round(advance.median),
    jsonParsePerSecond: Math.round(jsonParse.median),
    ratio: Math.round(ratio * 1_000) / 1_000,
    ...rest,
  };
}

function table(measured: Measured): string {
  const { events, customers, stateBytes, ratio } = summary(measured);
  const row = (name: string, ...cells: readonly (string | number)[]) =>
    `${name.padEnd(12)}${cells.map((cell) => cell.toLocaleString('en').padStart(12)).join('')}\n`;
  const rate = (name: string, { median, slowest, fastest }: Rate) =>
    row(name, ...[median, slowest, fastest].map(Math.round));
  return [
    `${events.toLocaleString('en')} events of ${customers} customers\n\n`,
    row('events/s', 'median', 'slowest', 'fastest'),
    rate('advance', measured.advance),
    rate('JSON.parse', measured.jsonParse),
    row('ratio', ratio),
    '\n',
    row('state', 'median', 'p99', 'max'),
    row('bytes', stateBytes.median, stateBytes.p99, stateBytes.max),
  ].join('');
}
