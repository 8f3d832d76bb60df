import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { bytesOf } from '../lines.js';
import { Publisher } from './publisher.js';
import { publishLines } from './publish-lines.js';

/** `perennial publish FILE|-`; prints nothing on stdout. */
export const publish =
  (file: string): Command =>
  async ({ terminal, config, backends, now }) => {
    const { log } = await backends();
    const publisher = new Publisher(log, config.topicPrefix, now);
    const source = file === '-' ? terminal.input : bytesOf(file);
    const { published, rejected, seconds } = await publishLines(source, publisher, terminal, now);
    terminal.say(
      `Published ${count(published, 'event')} in ${seconds.toFixed(1)} s (${rate(published, seconds)}); ` +
        `${count(rejected, 'line')} rejected.`,
    );
    return rejected === 0 ? exitCode.ok : exitCode.failure;
  };

export const count = (n: number, thing: string) => `${n.toLocaleString('en')} ${thing}${n === 1 ? '' : 's'}`;
export const rate = (n: number, seconds: number) =>
  `${Math.round(n / seconds).toLocaleString('en')} events/s`;
