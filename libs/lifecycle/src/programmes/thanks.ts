import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import { daysAfter, eventOf, lastedSince, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

export const thanksSettings = Type.Object(
  {
    everyDays: days(30, 'At most one thanks in so many days.'),
    quietDays: days(90, 'A purchase after so many days of silence is thanked for.'),
    largeOrder: Type.Number({
      default: 2,
      minimum: 1,
      description: "An order above this many times the customer's own mean is thanked for.",
    }),
    validDays: days(2, 'Not sent later than so many days after the order.'),
    priority: priority(40),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type ThanksSettings = Static<typeof thanksSettings>;

interface Occasion {
  readonly name: 'first' | 'return' | 'large';
  readonly facts: readonly string[];
}

/**
 * Thanks for an order worth it: the first, the first after a long silence, or one far above the customer's own mean. Not
 * for a basket of no value nor for an order that is already taken back; one taken back later makes it moot.
 */
export function thanks(
  moment: Moment,
  settings: ThanksSettings,
  thankedAt: number | undefined,
): Proposal | undefined {
  const event = eventOf(moment);
  if (event?.type !== 'order.completed.v1' || event.data.total <= 0 || moment.late) return undefined;
  if (!lastedSince(thankedAt, settings.everyDays, moment.at)) return undefined;
  const occasion = occasionOf(moment, event.data.total, settings);
  if (!occasion) return undefined;
  const facts = readFacts(moment, ...occasion.facts);
  return {
    slot: 'thanks',
    programme: 'follow-up',
    kind: 'message',
    purpose: 'service',
    channels: settings.channels,
    audience: 'customer',
    template: 'follow-up.thanks',
    variables: { orderId: event.data.orderId, occasion: occasion.name, ...facts },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: { rule: `thanks.${occasion.name}`, facts, causes: [moment.causeId] },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled'),
  };
}

function occasionOf(moment: Moment, total: number, settings: ThanksSettings): Occasion | undefined {
  if (numberFact(moment, 'keptOrders') === 1) return { name: 'first', facts: ['keptOrders'] };
  const silence = numberFact(moment, 'gapBeforeLastPurchase');
  if (silence !== undefined && silence >= settings.quietDays)
    return { name: 'return', facts: ['gapBeforeLastPurchase'] };
  const mean = numberFact(moment, 'orderValueMeanBefore');
  if (mean !== undefined && mean > 0 && total > settings.largeOrder * mean)
    return { name: 'large', facts: ['lastOrderValue', 'orderValueMeanBefore', 'lastOrderCurrency'] };
  return undefined;
}
