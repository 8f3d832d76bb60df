import { readFile } from 'node:fs/promises';
import { loadDefinition } from '#lifecycle';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { explain, Failure } from '../failure.js';

/** `perennial definition check FILE`: exit code 1 with every problem, its path and what is allowed there. */
export const checkDefinition =
  (file: string): Command =>
  async ({ terminal }) => {
    const source = await readFile(file, 'utf8');
    try {
      const { name, version } = loadDefinition(source);
      terminal.say(`${file}: ${name}@${version} is valid.`);
      return exitCode.ok;
    } catch (error) {
      throw new Failure(`${file}: ${explain(error).text}`);
    }
  };
