import { Type, type Static } from 'typebox';

const above0 = (description: string) => Type.Number({ exclusiveMinimum: 0, maximum: 1e6, description });

/** What a definition's `model` may say: how this trade's customers buy and leave, as `perennial fit` found it. */
export const modelSchema = Type.Object(
  {
    name: Type.Enum(['mbg-nbd'], {
      description: 'MBG/NBD. BG/NBD is not taken: it holds every one-time buyer for alive.',
    }),
    unit: Type.Enum(['days', 'weeks'], { description: 'In which `alpha` counts time.' }),
    r: above0('Shape of the distribution of purchase rates.'),
    alpha: above0('Its rate, in units of time.'),
    a: above0('First parameter of the distribution of the chance to leave at a purchase.'),
    b: above0('Its second parameter.'),
    horizonDays: Type.Number({
      default: 90,
      minimum: 1,
      maximum: 1_000,
      description: 'For how long ahead purchases and value are expected.',
    }),
    leavingBelow: Type.Number({
      default: 0.5,
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'The probability of being alive under which a customer counts as leaving.',
    }),
    spend: Type.Optional(
      Type.Object(
        {
          p: above0('Shape of the values of one customer.'),
          q: Type.Number({
            exclusiveMinimum: 1,
            maximum: 1e6,
            description: "Shape of the customers' means.",
          }),
          gamma: above0('Their scale, in the currency.'),
        },
        { additionalProperties: false, description: 'Gamma-Gamma; without it no value is expected.' },
      ),
    ),
  },
  { additionalProperties: false },
);

/** Parameters that `perennial fit --write` puts into a definition. */
export type Model = Static<typeof modelSchema>;
