import { createMachine } from 'xstate';
import type { Report } from './problems.js';

/** A definition's machine is an XState config as it stands: what XState would refuse, Stately's tools would too. */
export function checkXState(machine: unknown, report: Report): void {
  try {
    createMachine(structuredClone(machine) as Parameters<typeof createMachine>[0]);
  } catch (error) {
    report('machine', `XState refuses it: ${(error as Error).message.replace(/\s*\n\s*/g, ' ')}`);
  }
}
