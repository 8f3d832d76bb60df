import { Failure } from '../failure.js';
import { exitCode } from '../exit-code.js';

const week = 7 * 24 * 3_600_000;

/** The most whole weeks by which data ending at `end` can be moved so that they end no later than `target`; in ms. */
export function wholeWeeks(end: number, target: number): number {
  return Math.floor((target - end) / week) * week;
}

/** The moment that `--shift-to` names. @throws Failure */
export function shiftTarget(text: string, now: number): number {
  const target = text === 'now' ? now : Date.parse(text);
  if (Number.isNaN(target))
    throw new Failure(`--shift-to: '${text}' is not allowed; expected 'now' or a date`, exitCode.usage);
  return target;
}
