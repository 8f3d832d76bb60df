/** How events fall on customers. */
export const loadShapes = ['even', 'one-each', 'skewed'] as const;
export type LoadShape = (typeof loadShapes)[number];

/**
 * Whose the nth event is, as a number under `customers`: `even` draws all alike, `one-each` takes each in turn in a mixed
 * order, and with `skewed` the busiest hundredth of the customers has a third of the events, the busiest one a fifteenth
 * (of 50,000).
 */
export function drawCustomer(
  shape: LoadShape,
  customers: number,
  random: () => number,
): (n: number) => number {
  switch (shape) {
    case 'even':
      return () => Math.floor(random() * customers);
    case 'one-each':
      return (n) => (n * coprimeTo(customers)) % customers;
    case 'skewed':
      return () => Math.floor(random() ** 4 * customers);
  }
}

/** A prime that does not divide the number, so that its multiples visit every remainder. */
const coprimeTo = (customers: number) => (customers % 104_729 === 0 ? 1_299_709 : 104_729);
