import { join } from 'node:path';
import { loadConfig, type Config } from '#config';
import type { Backends } from '#backends';
import type { ExitCode } from './exit-code.js';
import { explain } from './failure.js';
import { projectRoot } from './project.js';
import type { Terminal } from './terminal.js';

/** What a command may use. */
export interface Context {
  readonly terminal: Terminal;
  readonly config: Config;
  /** Log and store of the settings, opened when first asked for and closed after the command; `engine` takes the engine's lock. */
  readonly backends: (options?: { readonly engine: boolean }) => Promise<Backends>;
  /** ms since the epoch. */
  readonly now: () => number;
}

export type Command = (context: Context) => Promise<ExitCode>;

/** Without PERENNIAL_DATA the folder is the project's, wherever the command is started. */
export function settings(env: Terminal['env']): Config {
  return loadConfig({ ...env, PERENNIAL_DATA: env['PERENNIAL_DATA'] || join(projectRoot, '.perennial') });
}

/** Runs one command to its end: settings first, then the command, then closing; an error becomes a line on stderr. */
export async function runCommand(command: Command, terminal: Terminal): Promise<ExitCode> {
  let opened: Promise<Backends> | undefined;
  try {
    const config = settings(terminal.env);
    const open = async ({ engine } = { engine: false }) =>
      (await import('#backends')).openBackends(config, { engine, clientId });
    return await command({
      terminal,
      config,
      backends: (options) => (opened ??= open(options)),
      now: Date.now,
    });
  } catch (error) {
    const { text, code } = explain(error);
    terminal.say(text);
    return code;
  } finally {
    const backends = await opened?.catch(() => undefined);
    await backends?.close().catch(() => undefined);
  }
}

const clientId = 'perennial-cli';
