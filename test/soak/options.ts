import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly on: 'embedded' | 'kafka';
  readonly minutes: number;
  /** Events a second, outside of the burst. */
  readonly rate: number;
  readonly seed: number;
  /** Breaks the engine on purpose, to see that the test can fail. */
  readonly leak: 'none' | 'memory' | 'handles';
}

const help = `Constant seeded load on one engine process, a burst of three times as much, and the same load again. Says whether memory
and file handles stay flat, and how soon the lag of the burst is gone. Exits with 1 where one of them is not as it must be.

  npm run soak -- [--minutes N] [--on embedded|kafka] [--rate N] [--seed N] [--leak memory|handles] [--output table|json]

  --minutes N    how long: 30 % warm up, 10 % burst, 60 % judged (60)
  --on WHERE     the embedded log and store, or Kafka with the embedded store (embedded)
  --rate N       events a second (200)
  --seed N       decides the load (1)
  --leak WHAT    makes the engine leak, to see that it shows
  --output FORM  table or json (table)

On Kafka it takes the broker of KAFKA_BROKERS, else one of its own, for which it needs Java 17 or Docker. It says on stderr
how far it is, and leaves nothing behind.
`;

type Asked = SoakOptions & { readonly output: 'table' | 'json' };

/** What the command line asks for; ends the process where it asks for help, or for what there is not. */
export function optionsOf(args: readonly string[]): Asked {
  const values = valuesOf(args);
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const number = (name: 'minutes' | 'rate' | 'seed', least: number): number => {
    const value = Number(values[name]);
    return Number.isFinite(value) && value >= least
      ? value
      : refuse(`--${name}: ${values[name]} is no number from ${least} on`);
  };
  const oneOf = <T extends string>(name: 'on' | 'leak' | 'output', allowed: readonly T[]): T =>
    allowed.find((each) => each === values[name]) ??
    refuse(`--${name}: ${values[name]} is none of ${allowed.join(', ')}`);
  return {
    minutes: number('minutes', 1),
    rate: number('rate', 1),
    seed: Math.floor(number('seed', 0)),
    on: oneOf('on', ['embedded', 'kafka']),
    leak: oneOf('leak', ['none', 'memory', 'handles']),
    output: oneOf('output', ['table', 'json']),
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '60' },
        on: { type: 'string', default: 'embedded' },
        rate: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        leak: { type: 'string', default: 'none' },
        output: { type: 'string', default: 'table' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(message: string): never {
  process.stderr.write(`${message}; see --help\n`);
  process.exit(2);
}
