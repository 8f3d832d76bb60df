/** Where a command reads and writes: stdout carries data, stderr is for people. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: AsyncIterable<Buffer>;
  /** Resolves when there is room for more. */
  out(text: string): Promise<void>;
  /** One line for people. */
  say(line: string): void;
  /** Replaces the last progress line on a terminal; elsewhere it is not written. */
  progress(line: string): void;
}

/** The process's own streams. A reader that goes away (`| head`) ends the process quietly, as it should. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const redraws = stderr.isTTY;
  let drawn = false;
  const clear = () => {
    if (drawn) stderr.write('\r\u001B[K');
    drawn = false;
  };
  return {
    env: process.env,
    input: stdin,
    out: (text) =>
      new Promise((resolve) => {
        if (stdout.write(text)) resolve();
        else stdout.once('drain', resolve);
      }),
    say: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (!redraws) return;
      clear();
      stderr.write(line);
      drawn = true;
    },
  };
}
