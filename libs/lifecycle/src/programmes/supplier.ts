import { actionIdOf } from '../arbiter/action.js';
import { nothing, type Decision, type Moment, type Programme, type Proposal } from '../programme.js';
import { daysAfter, eventOf, fired, readFacts } from './reading.js';
import { planReview, review } from './supplier-review.js';
import { supplierSettings, type SupplierMemory, type SupplierSettings } from './supplier-settings.js';

type Step = Decision<SupplierMemory>;

/**
 * The supplier's end of the relationship: a question to `risk` for each fraud flag raised, a courteous notice when we end it
 * (none for fraud) with a word to whoever has work open, a welcome when it is taken up again, and, where switched on, a review
 * of customers who do not grow. That no promotion goes to a flagged or ended customer is the arbiter's. It goes by what
 * stands, not by the single event, so nothing is said twice, and nothing that a later event has already taken back.
 */
export const supplier: Programme<SupplierSettings, SupplierMemory> = {
  name: 'supplier',
  settings: supplierSettings,
  hears: ['account.flagged.v1', 'relationship.ended.v1', 'relationship.reopened.v1', 'stage.changed'],
  decide(moment, chosen, memory = {}) {
    if (fired(moment, 'supplier', 'review')) return review(moment, chosen, memory);
    switch (moment.cause.type) {
      case 'account.flagged.v1':
      case 'relationship.ended.v1':
      case 'relationship.reopened.v1':
        return takeIn(moment, chosen, memory);
      default:
        return chosen.reviewEveryDays === 0 ? nothing : planReview(moment, chosen, memory);
    }
  },
};

function takeIn(moment: Moment, settings: SupplierSettings, before: SupplierMemory): Step {
  const flags = (moment.fact('flags') as readonly string[] | undefined) ?? [];
  const fraud = flags.includes('fraud');
  const ended = moment.fact('endedBySupplier') === true;
  const proposals: Proposal[] = [];
  const memory: { -readonly [Key in keyof SupplierMemory]: SupplierMemory[Key] } = { ...before };
  if (fraud && before.question === undefined) {
    const question = toStaff(moment, settings, 'risk', 'fraud-question', 'task');
    proposals.push(question);
    memory.question = actionIdOf(moment.customer, moment.definition, question);
  }
  if (!fraud) delete memory.question;
  if (ended && before.ended === undefined) {
    memory.ended = fraud || namesFraud(moment) ? 'fraud' : 'end';
    proposals.push(...closing(moment, settings));
    if (memory.ended === 'end') proposals.push(toCustomer(moment, settings, 'ended', {}, ended));
  }
  if (!ended && before.ended !== undefined) {
    delete memory.ended;
    proposals.push(toCustomer(moment, settings, 'welcome-back', { after: before.ended }, ended));
  }
  const cleared = before.question !== undefined && !fraud;
  return { proposals, memory, ...(cleared && { withdraws: [before.question] }) };
}

/** Staff may end a relationship for fraud without having raised a flag before. */
function namesFraud(moment: Moment): boolean {
  const event = eventOf(moment);
  return event?.type === 'relationship.ended.v1' && /\bfraud/i.test(event.data.reason ?? '');
}

/** Whoever has work with the customer lays it down: the desk with a case, the manager. */
function closing(moment: Moment, settings: SupplierSettings): Proposal[] {
  const audiences = [
    Number(moment.fact('openCases') ?? 0) > 0 && 'support-lead',
    moment.fact('accountManager') !== undefined && 'account-manager',
  ] as const;
  return audiences
    .filter((audience) => audience !== false)
    .map((audience) => toStaff(moment, settings, audience, 'close-work', 'flag'));
}

function toCustomer(
  moment: Moment,
  settings: SupplierSettings,
  what: string,
  variables: Proposal['variables'],
  endedBySupplier: boolean,
): Proposal {
  return {
    ...base(moment, settings, what, 'customer'),
    kind: 'message',
    purpose: 'service',
    channels: settings.channels,
    variables,
    restsOn: { endedBySupplier },
  };
}

function toStaff(
  moment: Moment,
  settings: SupplierSettings,
  audience: 'risk' | 'support-lead' | 'account-manager',
  what: string,
  kind: 'task' | 'flag',
): Proposal {
  return {
    ...base(moment, settings, what, audience),
    kind,
    purpose: 'internal',
    channels: ['in-app'],
    variables: readFacts(moment, 'openCases', 'orders', 'lastPurchaseAt'),
  };
}

function base<Audience extends Proposal['audience']>(
  moment: Moment,
  { priority }: SupplierSettings,
  what: string,
  audience: Audience,
) {
  return {
    slot: `${what}:${audience}`,
    programme: 'supplier',
    audience,
    template: `supplier.${what}`,
    priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, 7),
    evidence: {
      rule: `supplier.${what}`,
      facts: { flags: moment.fact('flags') ?? [], ...readFacts(moment, 'endedBySupplier', 'openCases') },
      causes: [moment.causeId],
    },
  };
}
