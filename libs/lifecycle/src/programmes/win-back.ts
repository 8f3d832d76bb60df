import { Type, type Static } from 'typebox';
import type { Moment, Programme, Proposal } from '../programme.js';
import type { Transition } from '../types.js';
import { daysAfter, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

const settings = Type.Object(
  {
    rules: Type.Array(Type.String(), {
      default: ['overdue'],
      description: "Rules of the definition's health region that mean overdue against the own rhythm.",
    }),
    validDays: days(14, 'Not sent later than so many days after the customer became overdue.'),
    priority: priority(60),
    channels: channelOrder('email', 'sms', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type WinBackSettings = Static<typeof settings>;

/** `proposed` holds for one episode: from at risk until well again or lost. */
export interface WinBackMemory {
  readonly proposed: boolean;
}

/** Writes to a customer who is overdue against the own rhythm, once in an episode; any return makes it moot. */
export const winBack: Programme<WinBackSettings, WinBackMemory> = {
  name: 'win-back',
  settings,
  hears: ['health.changed'],
  decide(moment, settings, memory = { proposed: false }) {
    const over = moment.health === 'well' || moment.health === 'none';
    if (over) return { proposals: [], ...(memory.proposed && { memory: { proposed: false } }) };
    const reason = moment.late || memory.proposed ? undefined : overdue(moment, settings);
    if (!reason || moment.health !== 'atRisk') return { proposals: [] };
    return { proposals: [invitation(moment, reason, settings)], memory: { proposed: true } };
  },
};

/** The transition into at risk by one of the rules that this programme answers. */
function overdue({ transitions }: Moment, { rules }: WinBackSettings): Transition | undefined {
  return transitions.find(
    ({ region, to, evidence }) => region === 'health' && to === 'atRisk' && rules.includes(evidence.rule),
  );
}

function invitation(moment: Moment, { evidence }: Transition, settings: WinBackSettings): Proposal {
  const facts = readFacts(moment, 'lastPurchaseAt', 'daysSincePurchase', 'overdueAfter', 'keptOrders');
  return {
    slot: 'overdue',
    programme: 'win-back',
    kind: 'message',
    purpose: 'marketing',
    channels: settings.channels,
    audience: 'customer',
    template: 'win-back.overdue',
    variables: facts,
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: { rule: 'overdue', facts: { ...facts, ...evidence.facts }, causes: [moment.causeId] },
    restsOn: readFacts(moment, 'lastPurchaseAt', 'subscription', 'endedBySupplier'),
  };
}
