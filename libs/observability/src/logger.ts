import { pino, type LevelWithSilent, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';

export type { Logger } from 'pino';

/** Where lines go: stderr, unless a spec looks at them. */
export interface LogOutput {
  readonly isTTY?: boolean;
  write(line: string): unknown;
}

/** One JSON object a line with `level` as a word and `time` in ISO 8601; for a person at a terminal, coloured text. */
export function createLogger(level: LevelWithSilent, output: LogOutput = process.stderr): Logger {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const lines = { write: (line: string) => void output.write(line) };
  if (!output.isTTY) return pino(options, lines);
  const pretty = PinoPretty.prettyFactory({
    colorize: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
  });
  return pino(options, { write: (line: string) => void output.write(pretty(line)) });
}
