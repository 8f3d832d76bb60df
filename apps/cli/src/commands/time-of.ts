import { InvalidArgumentError } from 'commander';

/** An option's time in ms. @throws InvalidArgumentError. */
export function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('expected a date or an RFC 3339 time.');
  return time;
}
