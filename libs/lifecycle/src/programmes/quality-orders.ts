/** An order's id, then its products; an empty one stands for one that came back. */
export type OrderProducts = readonly [orderId: string, ...products: string[]];

const mostOrders = 4;
const mostProducts = 24;
const mostCharacters = 1_000;

/** Its distinct products; undefined for an order too long to be remembered, of which a return has to list what comes back. */
export function orderOf(
  orderId: string,
  lines: readonly { readonly productId: string }[],
): OrderProducts | undefined {
  const order: [string, ...string[]] = [orderId];
  let room = mostCharacters - orderId.length;
  for (const { productId } of lines) {
    if (order.includes(productId, 1)) continue;
    room -= productId.length;
    if (room < 0 || order.length > mostProducts) return undefined;
    order.push(productId);
  }
  return order;
}

/** Adds an order; the newest four stay. */
export const withOrder = (
  orders: readonly OrderProducts[],
  order: OrderProducts,
): readonly OrderProducts[] =>
  orders.length < mostOrders ? [...orders, order] : [...orders.slice(1 - mostOrders), order];

/** The products of a remembered order. */
export function productsOf(orders: readonly OrderProducts[], orderId: string): readonly string[] | undefined {
  return orders.findLast(([id]) => id === orderId)?.slice(1);
}

/** The order after these came back. */
export const withoutProducts = (
  orders: readonly OrderProducts[],
  orderId: string,
  gone: readonly string[],
): readonly OrderProducts[] =>
  orders.map(([id, ...products]) =>
    id === orderId
      ? [id, ...products.map((product) => (gone.includes(product) ? '' : product))]
      : [id, ...products],
  );
