import { Type, type Static } from 'typebox';
import type { Moment, Proposal } from '../programme.js';
import { atLocalTime, localDay, timeOfDay, zoneOf } from './local-time.js';
import { daysAfter, eventOf, numberFact, readFacts } from './reading.js';
import { days, priority } from './settings.js';

export const firstCallSettings = Type.Object(
  {
    meanOrder: Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), Type.Number({ exclusiveMinimum: 0 }), {
      default: { USD: 27 },
      description:
        "The mean order of the trade, by currency; a first order in another currency is not called about. A grocer's is 27 USD.",
    }),
    times: Type.Number({
      default: 5,
      exclusiveMinimum: 0,
      description: 'A first order of so many mean orders or more is; with 1, `meanOrder` is the threshold.',
    }),
    afterDays: days(3, 'The call is for the first working day so many days after the order.'),
    validDays: days(5, 'Nobody calls later than so many days after that.'),
    priority: priority(60),
  },
  { additionalProperties: false, default: {} },
);

export type FirstCallSettings = Static<typeof firstCallSettings>;

/**
 * A call to who began with a large order: a task with its date for the account manager where there is one, else for sales. It
 * waits until the morning of that day, and is off when an order goes back or a case is opened in between. Once in a
 * lifetime; not for a customer under a flag.
 */
export function firstCall(
  moment: Moment,
  settings: FirstCallSettings,
  called: boolean | undefined,
): Proposal | undefined {
  const event = eventOf(moment);
  if (called || event?.type !== 'order.completed.v1' || moment.late) return undefined;
  const { orderId, total, currency } = event.data;
  const mean = settings.meanOrder[currency];
  if (mean === undefined || total < settings.times * mean) return undefined;
  if (numberFact(moment, 'keptOrders') !== 1) return undefined;
  if (((moment.fact('flags') ?? []) as readonly string[]).length > 0) return undefined;
  const { callOn, morning } = dayOfCall(moment, settings);
  return {
    slot: 'first-call',
    programme: 'follow-up',
    kind: 'task',
    purpose: 'internal',
    channels: ['in-app'],
    audience: moment.fact('accountManager') === undefined ? 'sales' : 'account-manager',
    template: 'follow-up.first-call',
    variables: { orderId, callOn },
    priority: settings.priority,
    notBefore: morning,
    expiresAt: daysAfter({ at: morning }, settings.validDays),
    evidence: {
      rule: 'first-call',
      facts: {
        ...readFacts(moment, 'keptOrders', 'lastOrderValue', 'lastOrderCurrency'),
        meanOrder: mean,
        times: settings.times,
      },
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'returns', 'ordersCancelled', 'openCases'),
  };
}

const saturday = 6;
const day = 86_400_000;

/** The date, YYYY-MM-DD in the customer's zone, and the beginning of its working hours, ms. */
function dayOfCall(moment: Moment, { afterDays }: FirstCallSettings) {
  const zone = zoneOf(moment);
  const { year, month, day: date } = localDay(daysAfter(moment, afterDays), zone);
  let midnight = Date.UTC(year, month - 1, date);
  while (new Date(midnight).getUTCDay() % saturday === 0) midnight += day;
  const callOn = new Date(midnight).toISOString().slice(0, 10);
  return { callOn, morning: atLocalTime(localDay(midnight, 'UTC'), timeOfDay('09:00'), zone) };
}
