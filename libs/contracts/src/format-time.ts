const dayMs = 86_400_000;
const lastMs = 8.64e15;
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const three = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));

/** Days as they begin a time, `2026-03-09T`, by their number. */
const days = new Map<number, string>();
const mostDays = 2_000;

/**
 * The time, ms since the epoch, as `Date.prototype.toISOString` writes it, at a fifth of its cost: most times of a batch
 * fall on few days.
 * @throws RangeError for what is no time
 */
export function formatTime(ms: number): string {
  if (!(Math.abs(ms) <= lastMs)) throw new RangeError('Invalid time value');
  const at = Math.trunc(ms);
  const day = Math.floor(at / dayMs);
  const rest = at - day * dayMs;
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Math.floor(rest / 1_000) % 60;
  return `${dayOf(day)}${two[hours]}:${two[minutes]}:${two[seconds]}.${three[rest % 1_000]}Z`;
}

function dayOf(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * dayMs).toISOString();
  const begin = text.slice(0, text.indexOf('T') + 1);
  if (days.size >= mostDays) days.clear();
  days.set(day, begin);
  return begin;
}
