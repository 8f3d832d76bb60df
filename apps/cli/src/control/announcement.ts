import { hashId, problemsOf } from '#contracts';
import type { Announcement } from '#pipeline';
import { parse } from 'yaml';
import { Failure } from '../failure.js';

/** Sentences on everything that is wrong with an announcement, or the announcement. */
export type Read = { readonly announcement: Announcement } | { readonly problems: readonly string[] };

/** Reads an announcement from JSON or YAML; without `announcementId` it gets one of its content. `now` in ms. */
export function readAnnouncement(text: string, now: number): Read {
  const given = parsed(text);
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { problems: ['the file must hold one object with its fields'] };
  const data = { announcementId: hashId('announcement', text).slice(0, 12), ...given };
  const problems = problemsOf('announcement.published.v1', data).map((problem) =>
    problem.replace(/^data\.?/, '').trimStart(),
  );
  const announcement = data as Announcement;
  return problems.length > 0 ? { problems } : timed(announcement, now);
}

function timed(announcement: Announcement, now: number): Read {
  const { validFrom, validUntil } = announcement;
  const problems: string[] = [];
  if (Date.parse(validUntil) <= now) problems.push(`validUntil must be in the future, found ${validUntil}`);
  if (validFrom !== undefined && Date.parse(validFrom) >= Date.parse(validUntil))
    problems.push(`validFrom must be before validUntil, found ${validFrom}`);
  return problems.length > 0 ? { problems } : { announcement };
}

function parsed(text: string): unknown {
  try {
    // Times stay text, as in JSON.
    return parse(text, { schema: 'core' }) as unknown;
  } catch (error) {
    throw new Failure(`neither JSON nor YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}
