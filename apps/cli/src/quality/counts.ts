/** What is known of one product in the span: `sold` counts orders that held it, whatever the quantity. */
export interface ProductCounts {
  category?: string;
  sold: number;
  returns: number;
  complaints: number;
  badScores: number;
  /** Signals by cause; those without one under ''. */
  readonly causes: Map<string, number>;
}

export type Signal = 'complaint' | 'return' | 'badScore';

const mostCauses = 100;
/** Where a product's causes beyond the first hundred are counted. */
export const otherCauses = '(others)';

/** Sales and signals by product. Holds nothing by customer or order, so it grows with the number of products only. */
export class Counts {
  readonly products = new Map<string, ProductCounts>();
  #sales = 0;
  #signals = 0;

  get sales(): number {
    return this.#sales;
  }
  get signals(): number {
    return this.#signals;
  }

  /** One order; a product on several of its lines was sold once. */
  order(lines: readonly { readonly productId: string; readonly category?: string }[]): void {
    for (const productId of new Set(lines.map((line) => line.productId))) {
      this.#of(productId).sold += 1;
      this.#sales += 1;
    }
    for (const { productId, category } of lines)
      if (category !== undefined) this.#of(productId).category = category;
  }

  signal(product: string, signal: Signal, cause = '', category?: string): void {
    const counts = this.#of(product);
    this.#signals += 1;
    if (category !== undefined) counts.category ??= category;
    if (signal === 'return') counts.returns += 1;
    else if (signal === 'complaint') counts.complaints += 1;
    else counts.badScores += 1;
    const { causes } = counts;
    const name = causes.has(cause) || causes.size < mostCauses ? cause : otherCauses;
    causes.set(name, (causes.get(name) ?? 0) + 1);
  }

  #of(product: string): ProductCounts {
    let counts = this.products.get(product);
    if (!counts) {
      counts = { sold: 0, returns: 0, complaints: 0, badScores: 0, causes: new Map() };
      this.products.set(product, counts);
    }
    return counts;
  }
}

export const signalsOf = ({ returns, complaints, badScores }: ProductCounts): number =>
  returns + complaints + badScores;
