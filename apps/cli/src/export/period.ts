import { TZDate } from '@date-fns/tz';

export const grains = ['day', 'week', 'month'] as const;
export type Grain = (typeof grains)[number];

/** The end of a period: its last day, and the moment at which that day ends in the zone. */
export interface PeriodEnd {
  readonly lastDay: string;
  /** ms */
  readonly at: number;
}

/** The end of the period that `at` (ms) lies in. Weeks end with Sunday. */
export function periodEnd(at: number, grain: Grain, zone: string): PeriodEnd {
  const local = new TZDate(at, zone);
  const [year, month, day] = [local.getFullYear(), local.getMonth(), local.getDate()];
  const last = {
    day: new Date(Date.UTC(year, month, day)),
    week: new Date(Date.UTC(year, month, day + ((7 - local.getDay()) % 7))),
    month: new Date(Date.UTC(year, month + 1, 0)),
  }[grain];
  const end = new TZDate(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() + 1, zone);
  return { lastDay: last.toISOString().slice(0, 10), at: end.getTime() };
}
