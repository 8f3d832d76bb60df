import { stages } from '#contracts';
import { Type, type Static } from 'typebox';
import { nothing, type Moment, type Programme, type Proposal } from '../programme.js';
import { daysAfter, lastedSince, numberFact, readFacts } from './reading.js';
import { days, priority } from './settings.js';

const names = (description: string) => Type.Array(Type.String(), { maxItems: 512, default: [], description });

const settings = Type.Object(
  {
    categories: names('What the shop has to offer, the most promising first.'),
    goesWith: Type.Record(Type.String(), Type.Array(Type.String(), { maxItems: 32 }), {
      default: {},
      description: 'By category, those that others bought with it; they come first.',
    }),
    upgrades: Type.Record(Type.String(), Type.String(), {
      default: {},
      description: 'By category, the better one above it.',
    }),
    stages: Type.Array(Type.Enum<[...typeof stages]>([...stages]), {
      default: ['expansion', 'commitment'],
      description: 'Only to customers in one of these.',
    }),
    everyDays: days(90, 'Sales is asked at most once in so many days.'),
    againDays: days(365, 'The same category is named again after so many days.'),
    most: Type.Integer({ default: 3, minimum: 1, maximum: 8, description: 'Categories named in one task.' }),
    validDays: days(30, 'A task is for so many days.'),
    priority: priority(25),
  },
  { additionalProperties: false, default: {} },
);

export type OpportunitySettings = Static<typeof settings>;

/** When sales was asked last, and of which categories and when, ms; the latest last. */
export interface OpportunityMemory {
  readonly askedAt: number;
  readonly named: readonly (readonly [category: string, at: number])[];
}

const mostNamed = 32;

/** Tells sales which categories a customer who trusts us might like next (cross-sell), and which better ones (upsell). */
export const opportunity: Programme<OpportunitySettings, OpportunityMemory> = {
  name: 'opportunity',
  settings,
  hears: ['stage.changed', 'order.completed.v1'],
  decide(moment, chosen, memory) {
    if (!chosen.stages.includes(moment.stage) || moment.late || moment.health !== 'well') return nothing;
    if (!lastedSince(memory?.askedAt, chosen.everyDays, moment.at)) return nothing;
    const { upsell, crossSell } = chances(moment, chosen, memory?.named ?? []);
    if (upsell.length + crossSell.length === 0 || numberFact(moment, 'openCases')) return nothing;
    const named = [...upsell, ...crossSell].map((category) => [category, moment.at] as const);
    const others = (memory?.named ?? []).filter(([category]) => !named.some(([name]) => name === category));
    return {
      proposals: [
        task(moment, chosen, 'upsell', upsell),
        task(moment, chosen, 'cross-sell', crossSell),
      ].filter((proposal) => proposal !== undefined),
      memory: { askedAt: moment.at, named: [...others, ...named].slice(-mostNamed) },
    };
  },
};

/** Categories not yet bought, nor named lately. */
function chances(
  moment: Moment,
  { categories, goesWith, upgrades, againDays, most }: OpportunitySettings,
  named: OpportunityMemory['named'],
): { readonly upsell: readonly string[]; readonly crossSell: readonly string[] } {
  const own = (moment.fact('categories') ?? []) as readonly string[];
  if (own.length === 0) return { upsell: [], crossSell: [] };
  const isNew = (category: string) =>
    !own.includes(category) &&
    lastedSince(named.find(([name]) => name === category)?.[1], againDays, moment.at);
  const of = <Value>(table: Readonly<Record<string, Value>>) =>
    own.filter((category) => Object.hasOwn(table, category)).map((category) => table[category]!);
  const upsell = [...new Set(of(upgrades))].filter(isNew).slice(0, most);
  const others = new Set([...of(goesWith).flat(), ...categories]);
  const crossSell = [...others].filter((category) => isNew(category) && !upsell.includes(category));
  return { upsell, crossSell: crossSell.slice(0, most) };
}

function task(
  moment: Moment,
  settings: OpportunitySettings,
  what: 'upsell' | 'cross-sell',
  categories: readonly string[],
): Proposal | undefined {
  if (categories.length === 0) return undefined;
  return {
    slot: what,
    programme: 'opportunity',
    kind: 'task',
    purpose: 'internal',
    audience: 'sales',
    channels: ['in-app'],
    template: `opportunity.${what}`,
    variables: { categories },
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    evidence: {
      rule: `opportunity.${what}`,
      facts: { ...readFacts(moment, 'stage', 'categoryCount', 'orderValueMean'), categories },
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'openCases', 'endedBySupplier'),
  };
}
