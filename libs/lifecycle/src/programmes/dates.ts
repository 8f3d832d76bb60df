import { stages } from '#contracts';
import { Type, type Static } from 'typebox';
import { nothing, type Decision, type Moment, type Programme, type Proposal } from '../programme.js';
import {
  grace,
  nextOccasion,
  yearlyOf,
  type Occasion,
  type OccasionName,
  type TakenUp,
} from './dates-occasion.js';
import { zoneOf } from './local-time.js';
import { daysAfter, eventOf, fired, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

const settings = Type.Object(
  {
    morning: Type.String({
      default: '09:00',
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: 'Local time of the customer at which a greeting is due; quiet hours hold besides.',
    }),
    giftSpend: Type.Number({
      default: 1_000,
      exclusiveMinimum: 0,
      description: 'A gift instead of a card for who has spent so much in the currency of the latest order,',
    }),
    giftStages: Type.Array(Type.Enum<[...typeof stages]>([...stages]), {
      default: ['commitment'],
      uniqueItems: true,
      description: 'for who is in one of these stages,',
    }),
    giftTiers: Type.Array(Type.String(), {
      default: ['gold'],
      uniqueItems: true,
      description: 'and for who has one of these tiers of the loyalty programme.',
    }),
    validDays: days(3, 'Not sent later than so many days after the day.'),
    priority: priority(55),
    cardChannels: channelOrder('email', 'push'),
    giftChannels: channelOrder('post', 'email'),
  },
  { additionalProperties: false, default: {} },
);

export type DatesSettings = Static<typeof settings>;

/** `first`: the first purchase for which the anniversary is set, ms. */
export interface DatesMemory {
  readonly first?: number;
  readonly birthday?: TakenUp;
  readonly anniversary?: TakenUp;
}

type Step = Decision<DatesMemory>;

const occasions = ['birthday', 'anniversary'] as const;

/**
 * A card or, by value, a gift on the birthday and on the anniversary of the first purchase, in the customer's morning.
 * Each comes once in a calendar year, whatever becomes of it, and never twice within half a year. The day itself is
 * personal and stays out of variables and evidence.
 */
export const dates: Programme<DatesSettings, DatesMemory> = {
  name: 'dates',
  settings,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'order.cancelled.v1',
    'profile.updated.v1',
    'definition.activated.v1',
  ],
  decide(moment, chosen, memory = {}) {
    const due = occasions.find((name) => fired(moment, 'dates', name));
    if (due) return takeUp(due, moment, chosen, memory);
    const first = numberFact(moment, 'firstPurchaseAt');
    if (first === memory.first && !concernsDates(moment)) return nothing;
    return {
      proposals: [],
      timers: {
        birthday: nextDue('birthday', moment, chosen, memory),
        anniversary: nextDue('anniversary', moment, chosen, memory),
      },
      ...(first !== memory.first && { memory: withFirst(memory, first) }),
    };
  },
};

function concernsDates(moment: Moment): boolean {
  const event = eventOf(moment);
  if (event?.type === 'profile.updated.v1') {
    const { birthday, timeZone } = event.data;
    return birthday !== undefined || timeZone !== undefined;
  }
  return event?.type === 'definition.activated.v1';
}

/** When the next one is due, ms; null where the day is not known. Not before the customer's latest event. */
function nextDue(
  name: OccasionName,
  moment: Moment,
  { morning }: DatesSettings,
  memory: DatesMemory,
): number | null {
  const yearly = yearlyOf(name, moment);
  if (!yearly) return null;
  const now = Math.max(moment.at, numberFact(moment, 'lastEventAt') ?? moment.at);
  const { at } = nextOccasion(yearly, memory[name], now - grace, morning, zoneOf(moment));
  return Math.max(at, now);
}

function takeUp(name: OccasionName, moment: Moment, settings: DatesSettings, memory: DatesMemory): Step {
  const yearly = yearlyOf(name, moment);
  if (!yearly) return nothing;
  const { morning } = settings;
  const occasion = nextOccasion(yearly, memory[name], moment.at - grace, morning, zoneOf(moment));
  const isNow = occasion.at <= moment.at;
  const next: DatesMemory = isNow ? { ...memory, [name]: [occasion.year, moment.at] } : memory;
  return {
    proposals: isNow && isWelcome(moment) ? [greeting(name, occasion, moment, settings)] : [],
    timers: { [name]: nextDue(name, moment, settings, next) },
    memory: next,
  };
}

/** Nobody is congratulated who has bought nothing, has left, waits for help, or is under a flag. */
function isWelcome(moment: Moment): boolean {
  const flags = (moment.fact('flags') ?? []) as readonly string[];
  return (
    moment.stage !== 'dissolution' &&
    flags.length === 0 &&
    (numberFact(moment, 'keptOrders') ?? 0) > 0 &&
    (numberFact(moment, 'openCases') ?? 0) === 0
  );
}

function greeting(
  name: OccasionName,
  { year, at }: Occasion,
  moment: Moment,
  settings: DatesSettings,
): Proposal {
  const currency = moment.fact('lastOrderCurrency');
  const spend = ((moment.fact('spend') ?? {}) as Readonly<Record<string, number>>)[String(currency)] ?? 0;
  const isDear =
    spend >= settings.giftSpend ||
    settings.giftStages.includes(moment.stage) ||
    settings.giftTiers.includes(String(moment.fact('tier')));
  const what = isDear ? 'gift' : 'card';
  const since = name === 'anniversary' ? yearlyOf(name, moment)?.since : undefined;
  const years = since !== undefined && { years: year - since + 1 };
  return {
    slot: name,
    programme: 'dates',
    kind: what === 'gift' ? 'gift' : 'message',
    purpose: 'marketing',
    channels: what === 'gift' ? settings.giftChannels : settings.cardChannels,
    audience: 'customer',
    template: `dates.${name}.${what}`,
    variables: { occasion: name, ...years },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter({ ...moment, at }, settings.validDays),
    evidence: {
      rule: `${name}.${what}`,
      facts: { ...readFacts(moment, 'stage', 'keptOrders', 'openCases', 'tier', 'lastOrderCurrency'), spend },
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'openCases', 'endedBySupplier', ...(name === 'birthday' ? ['birthday'] : [])),
  };
}

function withFirst({ birthday, anniversary }: DatesMemory, first: number | undefined): DatesMemory {
  return {
    ...(first !== undefined && { first }),
    ...(birthday && { birthday }),
    ...(anniversary && { anniversary }),
  };
}
