import type { KnownInputEvent } from '#contracts';
import type { Calendar } from './calendar.js';
import { foldEngagement, isEngagement, noEngagement, type Engagement } from './engagement.js';
import { earlier, later } from './latest.js';
import { foldProfile, noProfile, type Profile } from './profile.js';
import {
  ageOut,
  foldOrder,
  foldReturn,
  isPurchase,
  noPurchases,
  type Purchases,
  type Windows,
} from './purchases.js';
import { foldSupport, noSupport, type Support } from './support.js';

/** All facts of one customer as they are kept: plain JSON of bounded size. Groups are absent until something is known. */
export interface Facts {
  readonly firstAt?: number;
  readonly lastAt?: number;
  /** Events later than the window. */
  readonly late?: number;
  readonly purchases?: Purchases;
  readonly support?: Support;
  readonly engagement?: Engagement;
  readonly profile?: Profile;
}

export const noFacts: Facts = {};

export interface FoldSettings {
  readonly calendar: Calendar;
  readonly windows: Windows;
}

/**
 * Folds one event into the facts by its own time. In whatever order events come, the facts are the same, as long as none
 * comes later than the window after the latest. `tie` settles which of two events at the same moment is the later word.
 */
export function foldFacts(known: Facts, event: KnownInputEvent, tie: string, settings: FoldSettings): Facts {
  const { at } = event;
  const lastAt = later(known.lastAt, at);
  const folded = foldGroup(known, event, tie, settings);
  const purchases = folded.purchases && ageOut(folded.purchases, settings.calendar.day(lastAt), settings);
  return {
    ...folded,
    firstAt: earlier(known.firstAt, at),
    lastAt,
    ...(purchases === undefined ? {} : { purchases }),
    ...(isTooLate(known, at, settings) ? { late: (known.late ?? 0) + 1 } : {}),
  };
}

/** Whether an event comes later than the window: it can only be folded approximately. */
export function isTooLate(known: Facts, at: number, { calendar, windows }: FoldSettings): boolean {
  if (known.lastAt === undefined || known.lastAt - at < (windows.purchases - 1) * 86_400_000) return false;
  return calendar.day(at) < calendar.day(known.lastAt) - windows.purchases;
}

function foldGroup(known: Facts, event: KnownInputEvent, tie: string, settings: FoldSettings): Facts {
  switch (event.type) {
    case 'order.completed.v1':
      return isPurchase(event.data)
        ? {
            ...known,
            purchases: foldOrder(known.purchases ?? noPurchases, event.data, event.at, tie, settings),
          }
        : visit(known, event.at);
    case 'order.returned.v1':
    case 'order.cancelled.v1': {
      const cancelled = event.type === 'order.cancelled.v1';
      const purchases = known.purchases ?? noPurchases;
      return { ...known, purchases: foldReturn(purchases, event.data, cancelled, event.at, settings) };
    }
    case 'case.opened.v1':
    case 'case.escalated.v1':
    case 'case.resolved.v1':
    case 'case.reopened.v1':
    case 'case.overdue.v1':
    case 'task.completed.v1':
    case 'task.declined.v1':
    case 'task.expired.v1':
    case 'contact.made.v1':
      return { ...known, support: foldSupport(known.support ?? noSupport, event, tie) };
    case 'profile.updated.v1':
    case 'consent.changed.v1':
    case 'account.assigned.v1':
    case 'account.flagged.v1':
    case 'relationship.changed.v1':
    case 'relationship.ended.v1':
    case 'relationship.reopened.v1':
    case 'subscription.renewed.v1':
    case 'subscription.cancelled.v1':
      return { ...known, profile: foldProfile(known.profile ?? noProfile, event, tie) };
    case 'message.unsubscribed.v1':
      return {
        ...known,
        profile: foldProfile(known.profile ?? noProfile, event, tie),
        engagement: foldEngagement(known.engagement ?? noEngagement, event, tie),
      };
    default:
      return isEngagement(event)
        ? { ...known, engagement: foldEngagement(known.engagement ?? noEngagement, event, tie) }
        : known;
  }
}

function visit(known: Facts, at: number): Facts {
  const engagement = known.engagement ?? noEngagement;
  return {
    ...known,
    engagement: {
      ...engagement,
      counts: { ...engagement.counts, visits: (engagement.counts['visits'] ?? 0) + 1 },
      times: { ...engagement.times, lastVisitAt: later(engagement.times['lastVisitAt'], at) },
    },
  };
}
