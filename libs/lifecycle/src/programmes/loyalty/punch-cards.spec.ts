import { buys, event } from '../../customer.given.js';
import { codeOf, lives, ofType, withLoyalty, type Life } from './loyalty.given.js';

const shop = withLoyalty({
  punchCards: [{ card: 'coffee', category: 'coffee', buy: 5, rewardId: 'free-coffee', validDays: 30 }],
});
const line = (category: string, quantity: number, price = 3) => ({
  ...{ productId: category, category, price, quantity },
});
const coffees = (days: number, quantity: number, price = 3) =>
  buys(days, {
    orderId: `o-${days}`,
    total: 3 * quantity + 20,
    products: [line('coffee', quantity, price), line('cake', 4, 5)],
  });
const cards = ({ facts }: Life) => facts['punchCards'];
const grants = ({ records }: Life) => ofType(records, 'reward.granted.v1');

describe('a punch card', () => {
  test('counts the units of its goods and grants its reward when it is full', () => {
    const life = lives([coffees(0, 3), coffees(1, 3)], shop);
    expect(cards(life)).toEqual({ coffee: 1 });
    expect(grants(life)).toMatchObject([{ rewardId: 'free-coffee', quantity: 1 }]);
    expect(life.facts['rewards']).toEqual(['free-coffee']);
    const { grantId } = grants(life)[0]!;
    expect(life.requested).toMatchObject([
      {
        ...{ template: 'loyalty.reward', purpose: 'service' },
        variables: { grantId, rewardId: 'free-coffee', quantity: 1, code: codeOf(grantId) },
      },
    ]);
  });

  test('may be filled more than once by one order', () => {
    const life = lives([coffees(0, 12)], shop);
    expect(cards(life)).toEqual({ coffee: 2 });
    expect(grants(life)).toMatchObject([{ quantity: 2 }]);
  });

  test('counts one for goods sold by weight, and nothing that was free', () => {
    expect(cards(lives([coffees(0, 0.4)], shop))).toEqual({ coffee: 1 });
    expect(cards(lives([coffees(0, 3, 0)], shop))).toEqual({});
  });

  test('gives punches back with the goods, or with their share of the amount', () => {
    const back = (more: object) =>
      cards(lives([coffees(0, 4), event('order.returned.v1', 1, { orderId: 'o-0', ...more }, 'back')], shop));
    expect(back({ products: [line('coffee', 1)] })).toEqual({ coffee: 3 });
    expect(back({ products: [line('cake', 4, 5)] })).toEqual({ coffee: 4 });
    expect(back({ total: 16 })).toEqual({ coffee: 2 });
    expect(back({ whole: true })).toEqual({});
  });

  test('owes the punches of goods whose reward was granted', () => {
    const back = event('order.returned.v1', 1, { orderId: 'o-0', whole: true }, 'back');
    const life = lives([coffees(0, 5), back, coffees(2, 6)], shop);
    expect(grants(life)).toHaveLength(1);
    expect(cards(life)).toEqual({ coffee: 1 });
  });

  test('is not spoken of before it is full, nor where the definition has none', () => {
    expect(lives([coffees(0, 4)], shop).requested).toEqual([]);
    const none = lives([coffees(0, 40)], withLoyalty());
    expect([cards(none), grants(none)]).toEqual([{}, []]);
  });
});
