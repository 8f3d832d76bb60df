import { fileURLToPath } from 'node:url';
import { startProcess, type Measured } from '../measure/process.js';

const runner = fileURLToPath(new URL('../../../libs/testing/src/child/run-typescript.mjs', import.meta.url));
const flags = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];

/** Runs a TypeScript file of this tree as a measured process; its one argument is the settings as JSON. */
export const runChild = (script: URL, settings: object, folder: string): Measured =>
  startProcess(process.execPath, [...flags, runner, script.href, JSON.stringify(settings)], { folder });
