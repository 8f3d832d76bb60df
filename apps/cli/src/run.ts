import { CommanderError, type Command } from 'commander';
import { runCommand } from './context.js';
import { exitCode, type ExitCode } from './exit-code.js';
import { program } from './program.js';
import type { Terminal } from './terminal.js';

/** Runs one command line to its end; resolves with the process's exit code and never rejects for a known error. */
export async function run(args: readonly string[], terminal: Terminal, version: string): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok;
  const perennial = program(async (load) => {
    code = await runCommand(await load(), terminal);
  }, version);
  const written: string[] = [];
  for (const command of allOf(perennial))
    command.exitOverride().configureOutput({
      writeOut: (text) => written.push(text),
      writeErr: (text) => terminal.say(text.trimEnd()),
    });
  try {
    await perennial.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  }
  for (const text of written) await terminal.out(text);
  return code;
}

const allOf = (command: Command): Command[] => [command, ...command.commands.flatMap(allOf)];
