import { fewestProducts, statedWeight } from './prior.js';

/** How the figures come about, for `--help`. */
export const method = `
Signals are complaints (cases about a product), returns and bad scores, one each, from quality.signals.v1. They are divided by
sales: orders that held the product, whatever the quantity, from purchase.events.v1. Units are no measure where goods are sold
by weight, and one publication per order line would outnumber all other output. Both are read from the log's beginning, and
counted by event time. Cancelled orders count as sales. Memory grows with the number of products, not with that of events.

  rate          signals by sales, as counted
  shrunk        the same, drawn towards the category's rate: mean of the posterior of a beta-binomial model
  low, high     90 % credible interval of it
  categoryRate  the category's rate, itself drawn towards the rate of all products with the weight of ${statedWeight} sales

The prior's weight comes from how much more the category's products differ than chance lets them (moments after Kleinman, JASA
68, 1973, 46-54); in a category of fewer than ${fewestProducts} products it is ${statedWeight} sales. JSON shows it as priorWeight.
Worst first is by 'low', the rate that a product exceeds with a probability of 95 %: two sales and one return do not lead over
two hundred sales and thirty.`;
