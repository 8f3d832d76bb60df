/** Of one order, the products that no signal was given for yet, each with its category where that is known. */
export type OrderProducts = readonly [orderId: string, products: Readonly<Record<string, string | null>>];

interface Line {
  readonly productId: string;
  readonly category?: string;
}

const mostProducts = 32;
const mostCharacters = 2_000;

/** The order's distinct products; of a long order the first 32. */
export function productsOf(lines: readonly Line[]): OrderProducts[1] {
  const products: Record<string, string | null> = {};
  let count = 0;
  for (const { productId, category } of lines) {
    if (Object.hasOwn(products, productId)) continue;
    if (++count > mostProducts) break;
    products[productId] = category ?? null;
  }
  return products;
}

/** Adds an order; the newest that fit into 2,000 characters stay. */
export function withOrder(orders: readonly OrderProducts[], order: OrderProducts): readonly OrderProducts[] {
  const all = [...orders.filter(([id]) => id !== order[0]), order];
  let room = mostCharacters;
  let from = all.length;
  while (from > 0 && (room -= sizeOf(all[from - 1]!)) >= 0) from--;
  return all.slice(from);
}

/** The order without the products that are done with. */
export function withoutProducts(
  orders: readonly OrderProducts[],
  orderId: string,
  gone: readonly string[],
): readonly OrderProducts[] {
  return orders.map(([id, products]) =>
    id === orderId
      ? [id, Object.fromEntries(Object.entries(products).filter(([product]) => !gone.includes(product)))]
      : [id, products],
  );
}

function sizeOf([orderId, products]: OrderProducts): number {
  let size = orderId.length;
  for (const product in products) size += product.length + (products[product]?.length ?? 0);
  return size;
}
