import Type from 'typebox';
import { currency, id, label, money, products, text } from './fields.js';

const line = { productId: 'sku-1042', name: 'Rye bread', category: 'bakery', price: 4.2, quantity: 2 };

const takenBack = (title: string, description: string, reason: string) =>
  Type.Object(
    {
      orderId: id('The order that is taken back, wholly or in part.'),
      total: Type.Optional(money('Value that goes back to the customer.')),
      currency: Type.Optional(currency()),
      reason: Type.Optional(text('Why, in the shop’s words.')),
      products: Type.Optional(products('What goes back.')),
      whole: Type.Optional(Type.Boolean({ description: 'True when nothing of the order is kept.' })),
    },
    {
      title,
      description,
      examples: [{ orderId: 'o-2026-00017', total: 8.4, currency: 'EUR', reason, whole: true }],
    },
  );

const subscription = {
  subscriptionId: id('The subscription in the shop’s own numbering.'),
  plan: Type.Optional(label('Its plan.')),
  reason: Type.Optional(text('Why, in the customer’s words.')),
};

export const purchaseEvents = {
  'order.completed.v1': Type.Object(
    {
      orderId: id('Unique within the source.'),
      total: money('What the customer pays. A total of 0 without goods is a visit, no purchase.'),
      currency: currency(),
      discount: Type.Optional(money('Taken off the order, already deducted from `total`.')),
      coupon: Type.Optional(label('Code of a coupon used.')),
      products: products('The order’s lines; empty where they are not known.'),
    },
    {
      title: 'Order completed',
      description: 'The customer placed and paid an order. `time` is when.',
      examples: [
        {
          orderId: 'o-2026-00017',
          total: 7.4,
          currency: 'EUR',
          discount: 1,
          coupon: 'WELCOME',
          products: [line],
        },
        { orderId: 'o-2026-00018', total: 24.9, currency: 'EUR', products: [] },
      ],
    },
  ),
  'order.returned.v1': takenBack('Order returned', 'The customer sent goods back.', 'too small'),
  'order.cancelled.v1': takenBack('Order cancelled', 'An order ended before delivery.', 'delivery too late'),
  'order.delivered.v1': Type.Object(
    { orderId: id('The delivered order.') },
    {
      title: 'Order delivered',
      description: 'The goods reached the customer.',
      examples: [{ orderId: 'o-2026-00017' }],
    },
  ),
  'cart.abandoned.v1': Type.Object(
    {
      cartId: id('Unique within the source.'),
      total: Type.Optional(money('Value of what was left.')),
      currency: Type.Optional(currency()),
      products: Type.Optional(products('What was left.')),
    },
    {
      title: 'Cart abandoned',
      description: 'The customer left a filled cart, by the shop’s own rule.',
      examples: [{ cartId: 'cart-88', total: 8.4, currency: 'EUR', products: [line] }],
    },
  ),
  'subscription.renewed.v1': Type.Object(
    {
      ...subscription,
      total: Type.Optional(money('What this period costs.')),
      currency: Type.Optional(currency()),
    },
    {
      title: 'Subscription renewed',
      description: 'A subscription began or went into its next period.',
      examples: [{ subscriptionId: 'sub-7', plan: 'weekly box', total: 29, currency: 'EUR' }],
    },
  ),
  'subscription.cancelled.v1': Type.Object(subscription, {
    title: 'Subscription cancelled',
    description: 'The customer gave notice. `time` is when they did, not when it ends.',
    examples: [{ subscriptionId: 'sub-7', plan: 'weekly box', reason: 'moving away' }],
  }),
};
