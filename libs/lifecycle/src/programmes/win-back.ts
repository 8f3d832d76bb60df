import { Type, type Static } from 'typebox';
import type { Moment, Programme, Proposal } from '../programme.js';
import { numberFact, resting } from './reading.js';
import { channels, days, priority } from './settings.js';

const day = 86_400_000;

const settings = Type.Object(
  {
    validDays: days(14, 'Not sent later than so many days after the customer became overdue.'),
    priority: priority(60),
    channels: channels('email', 'sms', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type WinBackSettings = Static<typeof settings>;

/** `proposed` holds for one episode: from at risk until well again. */
export interface WinBackMemory {
  readonly proposed: boolean;
}

/** Writes to a customer who is overdue against the own rhythm, once in an episode; a purchase makes it moot. */
export const winBack: Programme<WinBackSettings, WinBackMemory> = {
  name: 'win-back',
  settings,
  decide(moment, chosen, memory = { proposed: false }) {
    if (moment.health === 'well')
      return { proposals: [], ...(memory.proposed ? { memory: { proposed: false } } : {}) };
    if (memory.proposed || moment.late || !becameOverdue(moment)) return { proposals: [] };
    return { proposals: [invitation(moment, chosen)], memory: { proposed: true } };
  },
};

function becameOverdue(moment: Moment): boolean {
  const overdueAt = numberFact(moment, 'overdueAt');
  return (
    moment.health === 'atRisk' &&
    moment.transitions.some(({ region, to }) => region === 'health' && to === 'atRisk') &&
    overdueAt !== undefined &&
    overdueAt <= moment.at
  );
}

function invitation(moment: Moment, chosen: WinBackSettings): Proposal {
  const { at, causeId } = moment;
  const facts = {
    lastPurchaseAt: moment.fact('lastPurchaseAt') ?? null,
    overdueAt: moment.fact('overdueAt') ?? null,
    purchases: moment.fact('purchases') ?? null,
  };
  return {
    slot: 'overdue',
    programme: 'win-back',
    kind: 'message',
    purpose: 'marketing',
    channels: chosen.channels,
    audience: 'customer',
    template: 'win-back.overdue',
    variables: facts,
    priority: chosen.priority,
    notBefore: at,
    expiresAt: at + chosen.validDays * day,
    evidence: { rule: 'overdue', facts, causes: [causeId] },
    restsOn: resting(moment, 'lastPurchaseAt', 'health'),
  };
}
