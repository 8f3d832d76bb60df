import { parseTime } from './timestamp.js';

/** Events of earlier years are taken for a broken clock. */
const EARLIEST = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;
const EXAMPLE = '2026-03-09T08:00:00Z';

/** Event time in ms, or what is wrong with it. At most a day ahead of `now` (ms). */
export function eventTime(time: unknown, now: number): number | string {
  const at = typeof time === 'string' ? parseTime(time) : NaN;
  if (at >= EARLIEST && at <= now + DAY_MS) return at;
  return problemOf(time, at, now);
}

function problemOf(time: unknown, at: number, now: number): string {
  if (time === undefined || time === null || time === '')
    return `time is missing; allowed: RFC 3339 with a zone, such as ${EXAMPLE}`;
  if (typeof time !== 'string') return `time must be text: RFC 3339 with a zone, such as ${EXAMPLE}`;
  const shown = JSON.stringify(time.slice(0, 64));
  if (at < EARLIEST) return `time ${shown} is before 1990`;
  if (at > now) return `time ${shown} is more than a day ahead of ${new Date(now).toISOString()}`;
  if (!Number.isNaN(parseTime(`${time}Z`)))
    return `time ${shown} has no zone; allowed: RFC 3339 with a zone, such as ${EXAMPLE}`;
  return `time ${shown} is not a time; allowed: RFC 3339 with a zone, such as ${EXAMPLE}`;
}
