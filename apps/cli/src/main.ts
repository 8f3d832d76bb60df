#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.js';
import { projectRoot } from './project.js';
import { processTerminal } from './terminal.js';

const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  version: string;
};
process.exitCode = await run(process.argv.slice(2), processTerminal(), version);
