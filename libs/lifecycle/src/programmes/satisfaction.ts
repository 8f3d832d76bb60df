import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import type { Action } from '../types.js';
import type { Step } from './follow-up-step.js';
import { daysAfter, eventOf, fired, lastedSince, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

export const satisfactionSettings = Type.Object(
  {
    everyDays: days(90, 'At most one check in so many days.'),
    daysAfterPurchase: days(7, 'Asked so many days after the purchase, where no delivery is reported.'),
    daysAfterDelivery: days(3, 'Asked so many days after the delivery.'),
    validDays: days(7, 'Not asked later than so many days after that.'),
    priority: priority(30),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type SatisfactionSettings = Static<typeof satisfactionSettings>;

/** The order that a check is set for, and when one was last put, ms. */
export interface SatisfactionMemory {
  readonly orderId?: string;
  readonly askedAt?: number;
}

type Check = Step<SatisfactionMemory>;

const nothing: Check = {};

/**
 * Asks how satisfied the customer is, some days after a purchase or, where that is reported, its delivery. Set by the
 * order, put by the timer; an order taken back is not asked about, nor is anyone with an open case.
 */
export function satisfaction(
  moment: Moment,
  settings: SatisfactionSettings,
  memory: SatisfactionMemory,
  prefers: Action['channel'] | undefined,
): Check {
  if (fired(moment, 'follow-up', 'satisfaction')) return ask(moment, settings, memory, prefers);
  const event = eventOf(moment);
  if (event === undefined || moment.late) return nothing;
  switch (event.type) {
    case 'order.completed.v1': {
      const due = daysAfter(moment, settings.daysAfterPurchase);
      if (memory.orderId !== undefined || !lastedSince(memory.askedAt, settings.everyDays, due))
        return nothing;
      return event.data.total > 0 ? { due, memory: { ...memory, orderId: event.data.orderId } } : nothing;
    }
    case 'order.delivered.v1':
      return event.data.orderId === memory.orderId
        ? { due: daysAfter(moment, settings.daysAfterDelivery) }
        : nothing;
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return event.data.orderId === memory.orderId ? { due: null, memory: withoutOrder(memory) } : nothing;
    default:
      return nothing;
  }
}

function ask(
  moment: Moment,
  settings: SatisfactionSettings,
  memory: SatisfactionMemory,
  prefers: Action['channel'] | undefined,
): Check {
  if (memory.orderId === undefined) return nothing;
  if ((numberFact(moment, 'openCases') ?? 0) > 0) return { memory: withoutOrder(memory) };
  const proposal: Proposal = {
    slot: 'satisfaction',
    programme: 'follow-up',
    kind: 'survey',
    purpose: 'survey',
    channels: preferredFirst(settings.channels, prefers),
    audience: 'customer',
    template: 'follow-up.satisfaction',
    variables: { orderId: memory.orderId, survey: 'csat' },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: 'satisfaction',
      facts: readFacts(moment, 'lastPurchaseAt', 'lastDeliveredAt', 'openCases'),
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled', 'openCases'),
  };
  return { proposal, memory: { askedAt: moment.at } };
}

/** The channel by which the customer last reacted goes first, where it may be asked by at all. */
function preferredFirst(
  channels: readonly Action['channel'][],
  prefers: Action['channel'] | undefined,
): readonly Action['channel'][] {
  const known = channels.filter((channel) => channel === prefers);
  return [...known, ...channels.filter((channel) => channel !== prefers)];
}

function withoutOrder({ askedAt }: SatisfactionMemory): SatisfactionMemory {
  return askedAt === undefined ? {} : { askedAt };
}
