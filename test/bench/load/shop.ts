import { randomFrom } from '#analysis';

/** What happens, and how often among a hundred events. */
const mix = {
  'order.completed.v1': 48,
  'page.visited.v1': 16,
  'message.clicked.v1': 8,
  'survey.answered.v1': 8,
  'case.opened.v1': 5,
  'case.resolved.v1': 5,
  'cart.abandoned.v1': 4,
  'order.returned.v1': 2,
  'contact.made.v1': 2,
  'case.escalated.v1': 1,
  'referral.made.v1': 1,
} as const;
export type Happening = keyof typeof mix;

const wheel = (Object.entries(mix) as [Happening, number][]).flatMap(([type, share]) =>
  Array<Happening>(share).fill(type),
);

const categories = [
  'bakery',
  'dairy',
  'produce',
  'meat',
  'frozen',
  'drinks',
  'household',
  'care',
  'snacks',
  'deli',
];
const shelf = Array.from({ length: 200 }, (_, n) => ({
  productId: `sku-${1_000 + n}`,
  name: `Product ${n}`,
  category: categories[n % categories.length] ?? '',
  price: 1 + ((n * 37) % 900) / 100,
}));

/** A shop whose customers do things: the same things for the same seed. */
export class Shop {
  readonly #random: () => number;
  readonly #lastOrder: Int32Array;
  readonly #openCase: Int32Array;

  constructor(customers: number, seed: number) {
    this.#random = randomFrom(seed);
    this.#lastOrder = new Int32Array(customers).fill(-1);
    this.#openCase = new Int32Array(customers).fill(-1);
  }

  /** What the customer does as the nth event of all. What needs an order or a case that is not there is a visit. */
  next(customer: number, n: number): { readonly type: Happening; readonly data: object } {
    const type = wheel[this.#below(wheel.length)] ?? 'page.visited.v1';
    const order = this.#lastOrder[customer] ?? -1;
    const open = this.#openCase[customer] ?? -1;
    switch (type) {
      case 'order.completed.v1':
        this.#lastOrder[customer] = n;
        return { type, data: { orderId: `o-${n}`, currency: 'EUR', ...this.#basket() } };
      case 'order.returned.v1':
        return order < 0 ? this.#visit() : { type, data: { orderId: `o-${order}`, reason: 'too small' } };
      case 'case.opened.v1':
        this.#openCase[customer] = n;
        return {
          type,
          data: { caseId: `case-${n}`, cause: 'late delivery', channel: 'phone', severity: 'high' },
        };
      case 'case.escalated.v1':
        return open < 0 ? this.#visit() : { type, data: { caseId: `case-${open}`, severity: 'critical' } };
      case 'case.resolved.v1':
        if (open < 0) return this.#visit();
        this.#openCase[customer] = -1;
        return { type, data: { caseId: `case-${open}`, resolution: 'sent again' } };
      case 'survey.answered.v1':
        return { type, data: { survey: 'nps', score: Math.min(10, 3 + this.#below(9)), comment: 'as ever' } };
      case 'message.clicked.v1':
        return { type, data: { messageId: `m-${n}`, channel: 'email', link: 'https://shop.invalid/spring' } };
      case 'cart.abandoned.v1':
        return { type, data: { cartId: `cart-${n}`, currency: 'EUR', ...this.#basket() } };
      case 'contact.made.v1':
        return { type, data: { kind: 'call', outcome: 'all well', by: 'desk-3' } };
      case 'referral.made.v1':
        return { type, data: { referralId: `ref-${n}`, channel: 'email' } };
      case 'page.visited.v1':
        return this.#visit();
    }
  }

  #visit() {
    const { productId, category } = this.#product();
    const data = { page: `/${category}/${productId}`, product: productId, category };
    return { type: 'page.visited.v1' as const, data };
  }

  #basket() {
    const products = Array.from({ length: 1 + this.#below(4) }, () => ({
      ...this.#product(),
      quantity: 1 + this.#below(3),
    }));
    const total = products.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    return { total: Math.round(total * 100) / 100, products };
  }

  #product = () => shelf[this.#below(shelf.length)] ?? { productId: '', name: '', category: '', price: 0 };
  #below = (n: number) => Math.floor(this.#random() * n);
}
