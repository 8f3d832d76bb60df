import { actionIdOf } from '../arbiter/action.js';
import { nothing, type Decision, type Moment, type Programme, type Proposal } from '../programme.js';
import { daysAfter, eventOf, fired, numberFact, readFacts } from './reading.js';
import { choose } from './suggestions-choice.js';
import { nothingKnown, withDated, withDisliked, type SuggestionsMemory } from './suggestions-memory.js';
import { productsOf, suggestionsSettings, type SuggestionsSettings } from './suggestions-settings.js';

type Step = Decision<SuggestionsMemory>;

/** Suggests products by rhythm, from lists that the shop gives; without lists there is nothing to suggest. */
export const suggestions: Programme<SuggestionsSettings, SuggestionsMemory> = {
  name: 'suggestions',
  settings: suggestionsSettings,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'case.opened.v1',
    'feedback.given.v1',
    'review.posted.v1',
  ],
  decide(moment, settings, memory = nothingKnown) {
    const known = productsOf(settings);
    if (known.size === 0) return nothing;
    if (fired(moment, 'suggestions', 'next')) return suggest(moment, settings, memory);
    const after = takeIn(moment, known, memory);
    const step = withoutMoot(after, memory);
    const sets = eventOf(moment)?.type === 'order.completed.v1' && !after.set && !moment.late;
    if (!sets) return step;
    const timers = { next: daysAfter(moment, settings.everyDays) };
    return { ...step, timers, memory: { ...(step.memory ?? after), set: true } };
  },
};

/** Withdraws what is open when one of its products was bought or turned out to be disliked. */
function withoutMoot(after: SuggestionsMemory, before: SuggestionsMemory): Step {
  if (after === before) return nothing;
  const { open, ...rest } = after;
  const changed = (product: string) =>
    (after.disliked !== before.disliked && after.disliked.includes(product)) ||
    (after.bought !== before.bought &&
      after.bought.some((one) => one[0] === product && !before.bought.includes(one)));
  if (!open?.products.some(changed)) return { proposals: [], memory: after };
  return { proposals: [], withdraws: [open.actionId], memory: rest };
}

function takeIn(moment: Moment, known: ReadonlySet<string>, memory: SuggestionsMemory): SuggestionsMemory {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'order.completed.v1': {
      const { orderId, products } = event.data;
      const bought = products
        .filter(({ productId }) => known.has(productId))
        .map(({ productId }) => [productId, moment.at, orderId] as const);
      return bought.length === 0 ? memory : { ...memory, bought: withDated(memory.bought, bought) };
    }
    case 'order.returned.v1': {
      const { orderId, products } = event.data;
      const back = products?.map(({ productId }) => productId) ?? ofOrder(memory, orderId);
      return dislikes(memory, known, back);
    }
    case 'case.opened.v1':
      return dislikes(memory, known, [event.data.product]);
    case 'feedback.given.v1':
      return event.data.sentiment === 'negative' ? dislikes(memory, known, [event.data.product]) : memory;
    case 'review.posted.v1':
      return event.data.rating <= 2 ? dislikes(memory, known, [event.data.product]) : memory;
    default:
      return memory;
  }
}

/** A return that names no products brings back all of them. */
function ofOrder({ bought }: SuggestionsMemory, orderId: string): readonly string[] {
  return bought.filter(([, , order]) => order === orderId).map(([product]) => product);
}

function dislikes(
  memory: SuggestionsMemory,
  known: ReadonlySet<string>,
  products: readonly (string | undefined)[],
): SuggestionsMemory {
  return withDisliked(
    memory,
    products.filter((product): product is string => product !== undefined && known.has(product)),
  );
}

/** In dissolution the rhythm ends, until the next order. */
function suggest(moment: Moment, settings: SuggestionsSettings, memory: SuggestionsMemory): Step {
  const { bought, disliked, suggested: before } = memory;
  const rest = { bought, disliked, suggested: before };
  if (moment.stage === 'dissolution') return { proposals: [], memory: rest };
  const timers = { next: daysAfter(moment, settings.everyDays) };
  const willing = moment.health === 'well' && !numberFact(moment, 'openCases');
  const products = willing ? choose(moment, settings, memory) : [];
  if (products.length === 0) return { proposals: [], timers, memory: { ...rest, set: true } };
  const proposal = told(moment, settings, products);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  const suggested = withDated(
    before,
    products.map((product) => [product, moment.at] as const),
  );
  return {
    proposals: [proposal],
    timers,
    memory: { ...rest, suggested, set: true, open: { actionId, products } },
  };
}

function told(moment: Moment, settings: SuggestionsSettings, products: readonly string[]): Proposal {
  return {
    slot: 'products',
    programme: 'suggestions',
    kind: 'message',
    purpose: 'marketing',
    channels: settings.channels,
    audience: 'customer',
    template: 'suggestions.products',
    variables: { products },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: 'suggestions.products',
      facts: { ...readFacts(moment, 'categoryCount', 'lastPurchaseAt', 'openCases'), products },
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'openCases', 'endedBySupplier'),
  };
}
