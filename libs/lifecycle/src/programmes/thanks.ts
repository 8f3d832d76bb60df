import type { Moment, Proposal } from '../programme.js';
import { lastedSince, numberFact, resting } from './reading.js';

const day = 86_400_000;

export interface ThanksSettings {
  readonly everyDays: number;
  readonly quietDays: number;
  readonly largeOrder: number;
  readonly validDays: number;
  readonly priority: number;
  readonly channels: Proposal['channels'];
}

/** Thanks for an order worth it: the first, the first after a long silence, or one far above the customer's own mean. */
export function thanks(
  moment: Moment,
  settings: ThanksSettings,
  thankedAt: number | undefined,
): Proposal | undefined {
  const { cause, at, causeId } = moment;
  if (cause.type !== 'order.completed.v1' || moment.late || !lastedSince(thankedAt, settings.everyDays, at))
    return;
  const occasion = occasionOf(moment, settings);
  if (!occasion) return;
  const { orderId } = (cause as { readonly data: { readonly orderId: string } }).data;
  return {
    slot: 'thanks',
    programme: 'follow-up',
    kind: 'message',
    purpose: 'service',
    channels: settings.channels,
    audience: 'customer',
    template: 'follow-up.thanks',
    variables: { orderId, occasion: occasion.rule, ...occasion.facts },
    priority: settings.priority,
    notBefore: at,
    expiresAt: at + settings.validDays * day,
    evidence: { rule: `thanks.${occasion.rule}`, facts: occasion.facts, causes: [causeId] },
    restsOn: resting(moment, 'lastReturnAt'),
  };
}

function occasionOf(moment: Moment, settings: ThanksSettings) {
  const purchases = numberFact(moment, 'purchases') ?? 0;
  const value = numberFact(moment, 'lastOrderValue') ?? 0;
  if (moment.fact('lastPurchaseAt') !== moment.at || purchases < 1 || value <= 0) return undefined;
  if (purchases === 1) return { rule: 'first', facts: { purchases } };
  const quietDays = numberFact(moment, 'quietDaysBefore');
  if (quietDays !== undefined && quietDays >= settings.quietDays)
    return { rule: 'return', facts: { quietDaysBefore: quietDays } };
  const mean = numberFact(moment, 'meanOrderValueBefore');
  if (mean !== undefined && mean > 0 && value > settings.largeOrder * mean)
    return { rule: 'large', facts: { lastOrderValue: value, meanOrderValueBefore: mean } };
  return undefined;
}
