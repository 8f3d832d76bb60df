import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import type { Step } from './follow-up-step.js';
import { daysAfter, eventOf, fired, lastedSince, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

export const reassuranceSettings = Type.Object(
  {
    everyDays: days(60, 'At most one in so many days.'),
    largeOrder: Type.Number({
      default: 3,
      minimum: 1,
      description: "Besides the first, for an order above this many times the customer's own mean.",
    }),
    afterDays: days(5, 'Said so many days after the order where no delivery is reported by then.'),
    validDays: days(3, 'Not said later than so many days after that, or after the delivery.'),
    priority: priority(38),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type ReassuranceSettings = Static<typeof reassuranceSettings>;

/** The order that is to be reassured of, whether it is known to have arrived, and when that was last done, ms. */
export interface ReassuranceMemory {
  readonly orderId?: string;
  readonly arrived?: true;
  readonly saidAt?: number;
}

const nothing: Step<ReassuranceMemory> = {};

/**
 * "Your paperwork is done": what arrived, what to do next and whom to turn to, when a first or a large order is delivered
 * or, without word of that, after a while. Not for every basket, nor for one taken back, nor while a case is open, and not
 * for an older order than the one that is waited for.
 */
export function reassurance(
  moment: Moment,
  settings: ReassuranceSettings,
  memory: ReassuranceMemory,
): Step<ReassuranceMemory> {
  if (fired(moment, 'follow-up', 'reassurance')) return say(moment, settings, memory);
  const event = eventOf(moment);
  if (event?.type === 'order.completed.v1') return expect(moment, event.data, settings, memory);
  if (memory.orderId === undefined) return nothing;
  switch (event?.type) {
    case 'order.delivered.v1': {
      if (event.data.orderId !== memory.orderId) return nothing;
      const arrived = { ...memory, arrived: true } as const;
      return moment.late ? { memory: arrived } : say(moment, settings, arrived);
    }
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return event.data.orderId === memory.orderId ? { due: null, memory: over(memory.saidAt) } : nothing;
    default:
      return nothing;
  }
}

function expect(
  moment: Moment,
  { orderId, total }: { readonly orderId: string; readonly total: number },
  settings: ReassuranceSettings,
  memory: ReassuranceMemory,
): Step<ReassuranceMemory> {
  if (moment.late || total <= 0 || memory.orderId !== undefined) return nothing;
  if (!lastedSince(memory.saidAt, settings.everyDays, moment.at)) return nothing;
  const mean = numberFact(moment, 'orderValueMeanBefore') ?? 0;
  const large = mean > 0 && total > settings.largeOrder * mean;
  if (!large && numberFact(moment, 'keptOrders') !== 1) return nothing;
  return { due: daysAfter(moment, settings.afterDays), memory: { ...memory, orderId } };
}

function say(
  moment: Moment,
  settings: ReassuranceSettings,
  { orderId, arrived, saidAt }: ReassuranceMemory,
): Step<ReassuranceMemory> {
  if (orderId === undefined) return nothing;
  if ((numberFact(moment, 'openCases') ?? 0) > 0) return { due: null, memory: over(saidAt) };
  const proposal: Proposal = {
    slot: 'reassurance',
    programme: 'follow-up',
    kind: 'message',
    purpose: 'service',
    channels: settings.channels,
    audience: 'customer',
    template: 'follow-up.reassurance',
    variables: {
      orderId,
      arrived: arrived === true,
      turnTo: moment.fact('accountManager') === undefined ? 'support' : 'account-manager',
    },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: arrived ? 'reassurance.delivered' : 'reassurance.waited',
      facts: readFacts(moment, 'lastPurchaseAt', 'lastDeliveredAt', 'keptOrders', 'openCases'),
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled', 'openCases'),
  };
  return { proposal, due: null, memory: { saidAt: moment.at } };
}

function over(saidAt: number | undefined): ReassuranceMemory {
  return saidAt === undefined ? {} : { saidAt };
}
