import type { KnownInputEvent } from '#contracts';
import type { Calendar } from './calendar.js';
import { countVisit, foldEngagement, isEngagement, noEngagement, type Engagement } from './engagement.js';
import { earlier, later } from './latest.js';
import { foldProfile, noProfile, type Profile } from './profile.js';
import {
  ageOut,
  foldOrder,
  foldReturn,
  isPurchase,
  mayAgeOut,
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
  const next = copyOf(known);
  foldGroup(next, event, tie, settings);
  const lastAt = later(known.lastAt, at);
  next.firstAt = earlier(known.firstAt, at);
  next.lastAt = lastAt;
  if (next.purchases && mayAgeOut(next.purchases, lastAt, settings))
    next.purchases = ageOut(next.purchases, settings.calendar.day(lastAt), settings);
  if (isTooLate(known, at, settings)) next.late = (known.late ?? 0) + 1;
  return next;
}

/** Group by group, so that all customers' facts have one shape; those of a stored customer come in many. */
function copyOf({ firstAt, lastAt, late, purchases, support, engagement, profile }: Facts): Draft {
  const copy: Draft = {};
  if (firstAt !== undefined) copy.firstAt = firstAt;
  if (lastAt !== undefined) copy.lastAt = lastAt;
  if (profile !== undefined) copy.profile = profile;
  if (engagement !== undefined) copy.engagement = engagement;
  if (purchases !== undefined) copy.purchases = purchases;
  if (support !== undefined) copy.support = support;
  if (late !== undefined) copy.late = late;
  return copy;
}

/** A customer's facts while one event is folded: their own copy, of which nested values are replaced, never changed. */
type Draft = { -readonly [Group in keyof Facts]: Facts[Group] };

/** Whether an event comes later than the window: it can only be folded approximately. */
function isTooLate(known: Facts, at: number, { calendar, windows }: FoldSettings): boolean {
  if (known.lastAt === undefined || known.lastAt - at < (windows.purchases - 1) * 86_400_000) return false;
  return calendar.day(at) < calendar.day(known.lastAt) - windows.purchases;
}

function foldGroup(draft: Draft, event: KnownInputEvent, tie: string, settings: FoldSettings): void {
  switch (event.type) {
    case 'order.completed.v1':
      if (isPurchase(event.data))
        draft.purchases = foldOrder(draft.purchases ?? noPurchases, event.data, event.at, tie, settings);
      else draft.engagement = countVisit(draft.engagement ?? noEngagement, event.at);
      return;
    case 'order.returned.v1':
    case 'order.cancelled.v1': {
      const cancelled = event.type === 'order.cancelled.v1';
      const purchases = draft.purchases ?? noPurchases;
      draft.purchases = foldReturn(purchases, event.data, cancelled, event.at, settings);
      return;
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
      draft.support = foldSupport(draft.support ?? noSupport, event, tie);
      return;
    case 'profile.updated.v1':
    case 'consent.changed.v1':
    case 'account.assigned.v1':
    case 'account.flagged.v1':
    case 'relationship.changed.v1':
    case 'relationship.ended.v1':
    case 'relationship.reopened.v1':
    case 'subscription.renewed.v1':
    case 'subscription.cancelled.v1':
      draft.profile = foldProfile(draft.profile ?? noProfile, event, tie);
      return;
    case 'message.unsubscribed.v1':
      draft.profile = foldProfile(draft.profile ?? noProfile, event, tie);
      draft.engagement = foldEngagement(draft.engagement ?? noEngagement, event, tie);
      return;
    default:
      if (isEngagement(event))
        draft.engagement = foldEngagement(draft.engagement ?? noEngagement, event, tie);
  }
}
