import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TZDate } from '@date-fns/tz';
import { parse } from 'yaml';

/** One event, or a row of them, as a story's file states it. Times are by the clock on the wall of the story's zone. */
export interface Telling {
  /** `yyyy-mm-dd hh:mm`. */
  readonly at: string;
  readonly type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Repeated after so many days … */
  readonly every?: number;
  /** … so many times in all. */
  readonly times?: number;
  /** Another customer of the story. */
  readonly who?: string;
}

export interface Story {
  readonly title: string;
  readonly about: string;
  /** A made-up kind of customer; also the id. */
  readonly customer: string;
  /** IANA zone of all times in the file. */
  readonly zone: string;
  /** The day on which it ends, `yyyy-mm-dd`; the end of its first year where absent. */
  readonly until?: string;
  /** Whether its outcome shows points, tiers, rewards and redemptions. */
  readonly ledger?: boolean;
  readonly events: readonly Telling[];
  readonly outcome: readonly string[];
}

const folder = join(import.meta.dirname, 'told');

/** Every story of the folder `told`, by its file's name. */
export const stories: readonly Story[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => {
    const { zone = 'America/New_York', ...story } = parse(readFileSync(join(folder, file), 'utf8')) as Story;
    return { ...story, zone };
  });

export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** ms */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A story's events in order of time. `{template}` and `{template.variable}` in their data are still to be answered. */
export function eventsOf({ customer, zone, events }: Story): ToldEvent[] {
  const told = events.flatMap(({ at, type, data = {}, every = 0, times = 1, who = customer }, n) =>
    Array.from({ length: times }, (_, turn) => {
      const id = `${who}-${n + 1}${times > 1 ? `-${turn + 1}` : ''}`;
      return { id, type, subject: who, at: timeOf(at, zone, turn * every), data: completed(type, id, data) };
    }),
  );
  const sorted = told.sort((a, b) => a.subject.localeCompare(b.subject) || a.at - b.at);
  const twin = sorted.find(
    (event, i) => event.at === sorted[i - 1]?.at && event.subject === sorted[i - 1]?.subject,
  );
  // Of two events at one time in two topics nobody can say which is folded first.
  if (twin) throw new Error(`${twin.id} comes at the same time as another event of ${twin.subject}`);
  return sorted.sort((a, b) => a.at - b.at);
}

/** What every event of a type needs and no story is about. */
function completed(type: string, id: string, data: Telling['data'] & object): ToldEvent['data'] {
  if (type === 'order.completed.v1')
    return { orderId: id, total: 20, currency: 'USD', products: [], ...data };
  return data;
}

/** When the story ends, ms. */
export function endOf({ until, events, zone }: Story): number {
  const year = Number(events[0]?.at.slice(0, 4));
  return timeOf(`${until ?? `${year + 1}-01-01`} 00:00`, zone, 0);
}

/** An instant by the clock on the wall, `days` later by the calendar; ms. */
function timeOf(text: string, zone: string, days: number): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) throw new Error(`'${text}' is not yyyy-mm-dd hh:mm`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  return new TZDate(year, month - 1, day + days, hour, minute, zone).getTime();
}
