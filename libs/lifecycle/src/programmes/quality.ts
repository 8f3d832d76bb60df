import { Type, type Static } from 'typebox';
import type { KnownInputEvent } from '#contracts';
import { hash64 } from '../hash.js';
import { nothing, type Decision, type Moment, type Programme } from '../programme.js';
import { orderOf, productsOf, withOrder, withoutProducts, type OrderProducts } from './quality-orders.js';
import { eventOf } from './reading.js';

const settings = Type.Object(
  {
    badRating: Type.Number({
      default: 2,
      minimum: 1,
      maximum: 5,
      description: 'A review of so many stars or fewer is a bad score.',
    }),
    badCsat: Type.Number({
      default: 2,
      minimum: 1,
      maximum: 5,
      description: 'A satisfaction score of so much or less is a bad score, where the order had one product.',
    }),
  },
  { additionalProperties: false, default: {} },
);

export type QualitySettings = Static<typeof settings>;

/** The latest orders, oldest first, and the cases that gave a signal, by hash. */
export interface QualityMemory {
  readonly orders?: readonly OrderProducts[];
  readonly cases?: readonly string[];
}

type Step = Decision<QualityMemory>;
type Signal = Extract<NonNullable<Step['records']>[number], { readonly type: 'product.signalled.v1' }>;
type Said = Omit<Signal['data'], 'customer'>;

const mostCases = 32;
/** So many products of one return are signalled; with the transition or two that it brings it stays below 32 outputs. */
const mostReturned = 24;
/** A longer reason is no cause but somebody's story. */
const longestCause = 64;

/**
 * Publishes a signal for each case, return and bad score that names a product, or an order whose products are known. A
 * case signals once, and a product of an order is returned once. What comes late is no less true, so it is published too.
 * Sales are not published: at ten lines a basket they would be nearly all of the output, while `purchase.events.v1` holds
 * them already; `perennial quality` counts them there.
 */
export const quality: Programme<QualitySettings, QualityMemory> = {
  name: 'quality',
  settings,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'case.opened.v1',
    'case.escalated.v1',
    'case.overdue.v1',
    'case.resolved.v1',
    'case.reopened.v1',
    'survey.answered.v1',
    'feedback.given.v1',
    'review.posted.v1',
  ],
  decide(moment, chosen, memory = {}) {
    const event = eventOf(moment);
    switch (event?.type) {
      case 'order.completed.v1':
        return event.data.products.length === 0 ? nothing : remember(event.data, memory);
      case 'order.returned.v1':
        return returned(moment, event.data, memory);
      case 'case.opened.v1':
      case 'case.escalated.v1':
      case 'case.overdue.v1':
      case 'case.resolved.v1':
      case 'case.reopened.v1':
        return complained(moment, event.data, memory);
      case 'survey.answered.v1':
        return scored(moment, event.data, chosen, memory);
      case 'review.posted.v1': {
        const { product, rating } = event.data;
        return product === undefined || rating > chosen.badRating
          ? nothing
          : { proposals: [], records: signalOf(moment, product, { signal: 'badScore' }, { rating }) };
      }
      case 'feedback.given.v1': {
        const { product, sentiment } = event.data;
        return product === undefined || sentiment !== 'negative'
          ? nothing
          : { proposals: [], records: signalOf(moment, product, { signal: 'badScore' }, { sentiment }) };
      }
      default:
        return nothing;
    }
  },
};

type DataOf<T extends KnownInputEvent['type']> = Extract<KnownInputEvent, { readonly type: T }>['data'];

function remember({ orderId, products }: DataOf<'order.completed.v1'>, memory: QualityMemory): Step {
  const order = orderOf(orderId, products);
  return order
    ? { proposals: [], memory: { ...memory, orders: withOrder(memory.orders ?? [], order) } }
    : nothing;
}

/** What the return names, else all of the order where all goes back; of a known order only what was not yet returned. */
function returned(
  moment: Moment,
  { orderId, reason, products = [], whole }: DataOf<'order.returned.v1'>,
  memory: QualityMemory,
): Step {
  const { orders = [] } = memory;
  const ordered = productsOf(orders, orderId);
  const categories = new Map(products.map(({ productId, category }) => [productId, category]));
  const back =
    products.length > 0
      ? [...categories.keys()]
      : whole
        ? (ordered ?? []).filter((product) => product !== '')
        : [];
  const fresh = ordered ? back.filter((product) => ordered.includes(product)) : back;
  if (fresh.length === 0) return nothing;
  const cause = reason !== undefined && reason.length <= longestCause ? reason.trim() : '';
  const records = fresh.slice(0, mostReturned).flatMap((product) => {
    const category = categories.get(product);
    const said: Said = {
      signal: 'return',
      orderId,
      ...(cause && { cause }),
      ...(category !== undefined && { category }),
    };
    return signalOf(moment, product, said, { products: back.length });
  });
  return ordered
    ? { proposals: [], records, memory: { ...memory, orders: withoutProducts(orders, orderId, fresh) } }
    : { proposals: [], records };
}

/** The first event of a case that names the product, be it only the last one. */
function complained(
  moment: Moment,
  { caseId, product, cause }: DataOf<'case.opened.v1'>,
  memory: QualityMemory,
): Step {
  if (product === undefined) return nothing;
  const cases = memory.cases ?? [];
  const key = hash64(caseId).slice(0, 7);
  if (cases.includes(key)) return nothing;
  const said: Said = { signal: 'complaint', caseId, ...(cause !== undefined && { cause }) };
  return {
    proposals: [],
    records: signalOf(moment, product, said, {}),
    memory: { ...memory, cases: [...cases, key].slice(-mostCases) },
  };
}

/** Of an order with several products nobody can say which the score is for. */
function scored(
  moment: Moment,
  { survey, score, orderId, caseId }: DataOf<'survey.answered.v1'>,
  { badCsat }: QualitySettings,
  { orders = [] }: QualityMemory,
): Step {
  if (survey !== 'csat' || score > badCsat || orderId === undefined || caseId !== undefined) return nothing;
  const [product, ...more] = productsOf(orders, orderId) ?? [];
  if (!product || more.length > 0) return nothing;
  return {
    proposals: [],
    records: signalOf(moment, product, { signal: 'badScore', orderId }, { survey, score }),
  };
}

/** A product's id becomes a CloudEvents subject, which holds no control characters; one that does is nobody's key. */
function signalOf(
  moment: Moment,
  product: string,
  said: Said,
  facts: Readonly<Record<string, unknown>>,
): Signal[] {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(product) || !product.isWellFormed()) return [];
  return [
    {
      slot: product,
      type: 'product.signalled.v1',
      subject: product,
      data: { ...said, customer: moment.customer },
      evidence: { rule: `quality.${said.signal}`, facts, causes: [moment.causeId] },
    },
  ];
}
