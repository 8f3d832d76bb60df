import { audiences } from '#contracts';
import { Type, type Static } from 'typebox';
import { nothing, type Programme } from '../programme.js';
import { daysAfter, eventOf, lastedSince, readFacts } from './reading.js';
import { days, priority } from './settings.js';

const settings = Type.Object(
  {
    routes: Type.Record(Type.String(), Type.Enum<[...typeof audiences]>([...audiences]), {
      maxProperties: 32,
      default: { lead: 'sales', complaint: 'support-lead', defect: 'product', suspicion: 'risk' },
      description: 'By the outcome of a contact, as the shop codes it in lower case: who is to know of it.',
    }),
    everyDays: days(7, 'The same is passed on at most once in so many days.'),
    validDays: days(14, 'A task is for so many days.'),
    priority: priority(65),
  },
  { additionalProperties: false, default: {} },
);

export type LiaisonSettings = Static<typeof settings>;

/** When each outcome was passed on last, ms. */
export type LiaisonMemory = Readonly<Record<string, number>>;

/**
 * What one department hears in a contact and another one can act on: a lead that support saw goes to sales, a complaint that
 * sales heard goes to support.
 */
export const liaison: Programme<LiaisonSettings, LiaisonMemory> = {
  name: 'liaison',
  settings,
  hears: ['contact.made.v1'],
  decide(moment, { routes, everyDays, validDays, priority }, memory = {}) {
    const event = eventOf(moment);
    if (event?.type !== 'contact.made.v1') return nothing;
    const { outcome = '', kind, caseId } = event.data;
    const what = outcome.trim().toLowerCase();
    const audience = Object.hasOwn(routes, what) ? routes[what] : undefined;
    if (!audience || !lastedSince(memory[what], everyDays, moment.at)) return nothing;
    const variables = { what, contact: kind, ...(caseId !== undefined && { caseId }) };
    return {
      proposals: [
        {
          slot: what,
          programme: 'liaison',
          kind: 'task',
          purpose: 'internal',
          audience,
          channels: ['in-app'],
          template: `liaison.${what}`,
          variables,
          priority,
          notBefore: moment.at,
          expiresAt: daysAfter(moment, validDays),
          evidence: {
            rule: `liaison.${what}`,
            facts: { ...readFacts(moment, 'stage', 'openCases', 'lastContactAt'), ...variables },
            causes: [moment.causeId],
          },
        },
      ],
      memory: { ...memory, [what]: moment.at },
    };
  },
};
