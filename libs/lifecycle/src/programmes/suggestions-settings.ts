import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

const items = Type.Array(Type.String(), { maxItems: 64 });

export const suggestionsSettings = Type.Object(
  {
    goesWith: Type.Record(Type.String(), items, {
      default: {},
      description: 'By product, those that others bought with it, the best first.',
    }),
    byCategory: Type.Record(Type.String(), items, {
      default: {},
      description: 'By category, products for those who buy in it, the best first.',
    }),
    cycleDays: days(60, 'A product bought is not suggested for so many days,'),
    cycles: Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 3650 }), {
      default: {},
      description: 'or for so many days of its own.',
    }),
    everyDays: days(30, 'Suggestions are made every so many days.'),
    againDays: days(180, 'The same product is suggested again after so many days.'),
    most: Type.Integer({ default: 3, minimum: 1, maximum: 8, description: 'Products in one message.' }),
    validDays: days(7, 'Not sent later than so many days after that.'),
    priority: priority(15),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type SuggestionsSettings = Static<typeof suggestionsSettings>;

const relevant = new WeakMap<SuggestionsSettings, ReadonlySet<string>>();

/** The products that the settings' lists name: of others nothing needs to be remembered. */
export function productsOf(settings: SuggestionsSettings): ReadonlySet<string> {
  let known = relevant.get(settings);
  if (!known) {
    const { goesWith, byCategory } = settings;
    known = new Set([
      ...Object.keys(goesWith),
      ...Object.values(goesWith).flat(),
      ...Object.values(byCategory).flat(),
    ]);
    relevant.set(settings, known);
  }
  return known;
}
