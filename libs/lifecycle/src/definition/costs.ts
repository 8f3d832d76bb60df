import { Type, type Static } from 'typebox';
import { checkSettings } from './check-settings.js';
import { shown, type Entry, type Report } from './problems.js';

const each = (description: string) =>
  Type.Number({ default: 0, minimum: 0, maximum: 1_000_000, description });

/** What a definition's `costs` may say: the outlay for one action of each kind. Reports read it, decisions never do. */
export const costsSchema = Type.Object(
  {
    currency: Type.String({
      pattern: '^[A-Z]{3}$',
      description: 'ISO 4217 code of all amounts, `acquisitionCost` included.',
    }),
    message: each('Writing to a customer, delivery included.'),
    offer: each('A coupon or another offer, redemption included on average.'),
    survey: each('Asking a question.'),
    perk: each('A benefit such as a members-only offer.'),
    gift: each('A gift with its delivery.'),
    task: each('A task for staff, at their wage.'),
    flag: each('A note to staff that asks for nothing.'),
  },
  { additionalProperties: false },
);

export type Costs = Static<typeof costsSchema>;

/** What the definition states of money; absent where it states nothing. */
export interface Outlay {
  readonly costs?: Costs;
  /** What winning a new customer costs, in the currency of `costs`. */
  readonly acquisitionCost?: number;
}

export function checkCosts({ costs, acquisitionCost }: Entry, report: Report): Outlay {
  if (acquisitionCost !== undefined) {
    if (typeof acquisitionCost !== 'number' || !(acquisitionCost >= 0))
      report('acquisitionCost', `${shown(acquisitionCost)} is no amount`, 'numbers from 0 on');
    if (costs === undefined)
      report('costs', 'is missing: `acquisitionCost` is in its currency', '{ currency: USD }');
  }
  return {
    ...(costs !== undefined && { costs: checkSettings(costsSchema, costs, 'costs', report) as Costs }),
    ...(acquisitionCost !== undefined && { acquisitionCost: acquisitionCost as number }),
  };
}
