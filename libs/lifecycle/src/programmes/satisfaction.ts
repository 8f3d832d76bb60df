import type { Moment, Proposal } from '../programme.js';
import { lastedSince, numberFact, resting } from './reading.js';

const day = 86_400_000;
const timer = 'satisfaction';

export interface SatisfactionSettings {
  readonly everyDays: number;
  readonly daysAfterPurchase: number;
  readonly daysAfterDelivery: number;
  readonly validDays: number;
  readonly priority: number;
  readonly channels: Proposal['channels'];
}

/** The order that a check was set for, and when the customer was last asked; both of proposals, not of verdicts. */
export interface SatisfactionMemory {
  readonly orderId?: string;
  readonly askedAt?: number;
}

export interface Check {
  readonly proposal?: Proposal;
  readonly due?: number | null;
  readonly memory: SatisfactionMemory;
}

/** Asks how satisfied the customer is, some days after a purchase or its delivery: set by the order, put by the timer. */
export function satisfaction(
  moment: Moment,
  settings: SatisfactionSettings,
  memory: SatisfactionMemory,
): Check {
  const { cause, at } = moment;
  if (cause.type === 'timer')
    return 'name' in cause && cause.name === `follow-up.${timer}`
      ? ask(moment, settings, memory)
      : { memory };
  if (moment.late) return { memory };
  const orderId = orderIdOf(cause);
  if (orderId === undefined) return { memory };
  switch (cause.type) {
    case 'order.completed.v1':
      if (memory.orderId !== undefined || moment.fact('lastPurchaseAt') !== at) return { memory };
      if ((numberFact(moment, 'lastOrderValue') ?? 0) <= 0) return { memory };
      if (!lastedSince(memory.askedAt, settings.everyDays, at + settings.daysAfterPurchase * day))
        return { memory };
      return { due: at + settings.daysAfterPurchase * day, memory: { ...memory, orderId } };
    case 'order.delivered.v1':
      if (memory.orderId !== orderId) return { memory };
      return { due: at + settings.daysAfterDelivery * day, memory };
    case 'order.returned.v1':
    case 'order.cancelled.v1':
      return memory.orderId === orderId ? { due: null, memory: asked(memory) } : { memory };
    default:
      return { memory };
  }
}

function ask(moment: Moment, settings: SatisfactionSettings, memory: SatisfactionMemory): Check {
  const { at, causeId } = moment;
  const { orderId } = memory;
  if (orderId === undefined) return { memory };
  if ((numberFact(moment, 'openCases') ?? 0) > 0) return { memory: asked(memory) };
  const facts = { lastPurchaseAt: moment.fact('lastPurchaseAt'), openCases: moment.fact('openCases') };
  const proposal: Proposal = {
    slot: 'satisfaction',
    programme: 'follow-up',
    kind: 'survey',
    purpose: 'survey',
    channels: settings.channels,
    audience: 'customer',
    template: 'follow-up.satisfaction',
    variables: { orderId },
    priority: settings.priority,
    notBefore: at,
    expiresAt: at + settings.validDays * day,
    evidence: { rule: 'satisfaction', facts, causes: [causeId] },
    restsOn: resting(moment, 'lastReturnAt', 'openCases'),
  };
  return { proposal, memory: { askedAt: at } };
}

function asked({ askedAt }: SatisfactionMemory): SatisfactionMemory {
  return askedAt === undefined ? {} : { askedAt };
}

function orderIdOf(cause: Moment['cause']): string | undefined {
  return 'data' in cause ? (cause.data as { readonly orderId?: string }).orderId : undefined;
}
