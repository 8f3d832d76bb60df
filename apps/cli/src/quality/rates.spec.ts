import { Counts, otherCauses } from './counts.js';
import { priorOf } from './prior.js';
import { ratesByCause, ratesByProduct } from './rates.js';
import { RecentIdentities } from './recent-identities.js';

type Row = readonly [product: string, sold: number, returned: number];

/** Products of one category with their sales and returns. */
function shelf(rows: readonly Row[], counts = new Counts(), category = 'shoes'): Counts {
  for (const [productId, sold, returned] of rows) {
    for (let n = 0; n < sold; n++) counts.order([{ productId, category }]);
    for (let n = 0; n < returned; n++) counts.signal(productId, 'return', 'too small');
  }
  return counts;
}
const sold = [2, 200, 50, 80, 120, 40, 300, 60, 90, 150, 30, 500];
const returned = [1, 30, 1, 2, 0, 1, 6, 3, 2, 4, 0, 11];
const twelve = sold.map((count, n): Row => [`p${String(n).padStart(2, '0')}`, count, returned[n]!]);

describe('a rate', () => {
  // Worked out beside this code with scipy 1.17.1 and numpy, from the formulas of the cited article.
  test('is drawn towards the category by a weight learnt from the category', () => {
    const rates = ratesByProduct(shelf(twelve).products);
    const of = (product: string) => rates.find((rate) => rate.product === product)!;
    for (const { categoryRate, priorWeight } of rates) {
      expect(categoryRate).toBeCloseTo(0.037611361645889664, 12);
      expect(priorWeight).toBeCloseTo(14.815736067546082, 9);
    }
    expect(of('p01')).toMatchObject({ product: 'p01', sold: 200, signals: 30, returns: 30, rate: 0.15 });
    expect(of('p01').shrunk).toBeCloseTo(0.14224861067677306, 8);
    expect(of('p01').low).toBeCloseTo(0.10511254869822735, 8);
    expect(of('p01').high).toBeCloseTo(0.18317722980299544, 8);
    expect(of('p00').rate).toBe(0.5);
    expect(of('p00').shrunk).toBeCloseTo(0.09260611614212703, 8);
    expect(of('p11').shrunk).toBeCloseTo(0.022449274949455252, 8);
    expect(of('p11').high).toBeCloseTo(0.03412795432840133, 8);
  });
  test('is drawn by a stated weight where the category has too few products to learn from', () => {
    const [worst, other] = ratesByProduct(
      shelf([
        ['rare', 2, 1],
        ['broad', 200, 30],
      ]).products,
    );
    expect([worst!.product, other!.product]).toEqual(['broad', 'rare']);
    expect(worst!.priorWeight).toBe(20);
    expect(worst!.categoryRate).toBeCloseTo(0.15361913637775707, 12);
    expect(worst!.low).toBeCloseTo(0.11266420356262068, 8);
    expect(other!.shrunk).toBeCloseTo(0.18510830579796095, 8);
    expect(other!.low).toBeCloseTo(0.06995305525567212, 8);
  });
  test('of a category without a single sign of its own is not 0', () => {
    const [only] = ratesByProduct(
      shelf([['boot', 0, 1]], shelf([['loaf', 99, 0]], new Counts(), 'bread')).products,
    );
    expect(only).toMatchObject({ product: 'boot', sold: 0, signals: 1, rate: null });
    expect(only!.shrunk).toBeCloseTo(0.005, 10);
  });
});

describe('the list', () => {
  test('is not led by a product sold twice with one return, but by the one with 30 of 200', () => {
    expect(ratesByProduct(shelf(twelve).products)[0]!.product).toBe('p01');
    const apart = shelf([['rare', 2, 1]], shelf([['broad', 200, 30]], new Counts(), 'bread'));
    expect(ratesByProduct(apart.products)[0]!.product).toBe('broad');
  });
  test('leaves out what gave no sign', () => {
    const names = ratesByProduct(shelf(twelve).products).map(({ product }) => product);
    expect(names).toHaveLength(10);
    expect(names).not.toContain('p04');
  });
  test('by cause has a line for each, with what nobody gave a cause for', () => {
    const counts = shelf([['boot', 10, 3]]);
    counts.signal('boot', 'badScore');
    counts.signal('boot', 'complaint', 'sole came off');
    expect(ratesByCause(counts.products).map(({ cause, signals }) => [cause, signals])).toEqual([
      ['too small', 3],
      [null, 1],
      ['sole came off', 1],
    ]);
  });
});

describe('counting', () => {
  test('counts an order once, however many of its lines hold the product', () => {
    const counts = new Counts();
    counts.order([{ productId: 'boot' }, { productId: 'boot' }, { productId: 'clog' }]);
    expect([counts.sales, counts.products.get('boot')!.sold]).toEqual([2, 1]);
  });
  test('keeps at most a hundred causes of a product apart', () => {
    const counts = new Counts();
    for (let n = 0; n < 150; n++) counts.signal('boot', 'complaint', `cause ${n}`);
    expect(counts.products.get('boot')!.causes.size).toBe(101);
    expect(counts.products.get('boot')!.causes.get(otherCauses)).toBe(50);
  });
  test('takes more signs than sales for as many as sales', () => {
    const [rate] = ratesByProduct(shelf([['boot', 2, 5]]).products);
    expect(rate).toMatchObject({ sold: 2, signals: 5, rate: 2.5 });
    expect(rate!.high).toBeLessThan(1);
  });
  test('knows a duplicate for as long as its memory reaches, and no more', () => {
    const seen = new RecentIdentities(2);
    expect(['a', 'a', 'b', 'c', 'c', 'a'].map((id) => seen.isNew(id))).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
  });
});

test('the weight of the prior is high where products differ by chance alone, low where they differ in kind', () => {
  const alike = Array.from({ length: 20 }, () => ({ sold: 100, signals: 5 }));
  const unlike = Array.from({ length: 20 }, (_, n) => ({ sold: 100, signals: n % 2 === 0 ? 1 : 80 }));
  expect(priorOf(alike, 0.05).weight).toBe(10_000);
  expect(priorOf(unlike, 0.4).weight).toBeLessThan(2);
});
