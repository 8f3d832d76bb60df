import { Type, type Static } from 'typebox';
import { actionIdOf } from '../arbiter/action.js';
import type { Moment, Programme, Proposal } from '../programme.js';
import { daysAfter, eventOf, fired, numberFact, readFacts } from './reading.js';
import { channelOrder, days, priority } from './settings.js';

const settings = Type.Object(
  {
    npsFirstDays: days(60, 'The recommendation is asked for so many days after the first purchase,'),
    npsEveryDays: days(180, 'and so many days after it was last asked for.'),
    npsActiveDays: days(90, 'Only of those who bought within so many days.'),
    npsPurchases: Type.Integer({ default: 2, minimum: 1, description: 'And on so many days or more.' }),
    caseAfterDays: days(1, 'Satisfaction is asked for so many days after a case was resolved.'),
    remindAfterDays: days(7, 'One reminder so many days after delivery, where nobody answered.'),
    validDays: days(7, 'Not asked later than so many days after that.'),
    priority: priority(35),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type SurveysSettings = Static<typeof settings>;

/** The question that was put last, and has not been answered nor reminded of. */
interface Open {
  readonly actionId: string;
  readonly template: string;
  readonly variables: Proposal['variables'];
}

export interface SurveysMemory {
  readonly npsSet?: boolean;
  readonly caseId?: string;
  readonly open?: Open;
}

interface Step {
  readonly proposals?: readonly Proposal[];
  readonly timers?: Readonly<Record<string, number | null>>;
  readonly memory?: SurveysMemory;
}

/** Asks for a recommendation by rhythm and for satisfaction after a case; the caps make it one question across all programmes. */
export const surveys: Programme<SurveysSettings, SurveysMemory> = {
  name: 'surveys',
  settings,
  hears: [
    'order.completed.v1',
    'case.resolved.v1',
    'case.reopened.v1',
    'message.delivered.v1',
    'survey.answered.v1',
  ],
  decide(moment, chosen, memory = {}) {
    const { proposals = [], ...step } = decideStep(moment, chosen, memory);
    return { proposals, ...step };
  },
};

function decideStep(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  if (fired(moment, 'surveys', 'nps')) return askNps(moment, settings, memory);
  if (fired(moment, 'surveys', 'case')) return askCase(moment, settings, memory);
  if (fired(moment, 'surveys', 'reminder')) return remind(moment, settings, memory);
  const event = eventOf(moment);
  if (event === undefined || moment.late) return {};
  const { open } = memory;
  switch (event.type) {
    case 'order.completed.v1':
      if (memory.npsSet || numberFact(moment, 'lastPurchaseAt') !== moment.at) return {};
      return {
        timers: { nps: daysAfter(moment, settings.npsFirstDays) },
        memory: { ...memory, npsSet: true },
      };
    case 'case.resolved.v1':
      return {
        timers: { case: daysAfter(moment, settings.caseAfterDays) },
        memory: { ...memory, caseId: event.data.caseId },
      };
    case 'case.reopened.v1':
      return event.data.caseId === memory.caseId
        ? { timers: { case: null }, memory: without(memory, 'caseId') }
        : {};
    case 'message.delivered.v1':
      return open && event.data.actionId === open.actionId
        ? { timers: { reminder: daysAfter(moment, settings.remindAfterDays) } }
        : {};
    case 'survey.answered.v1':
      return {
        ...(open && { timers: { reminder: null }, memory: without(memory, 'open') }),
        proposals:
          event.data.survey === 'nps' && event.data.score <= 6 ? [callBack(moment, event.data.score)] : [],
      };
    default:
      return {};
  }
}

function askNps(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const since = numberFact(moment, 'daysSincePurchase') ?? Infinity;
  const active =
    since <= settings.npsActiveDays && (numberFact(moment, 'purchases') ?? 0) >= settings.npsPurchases;
  const timers = { nps: daysAfter(moment, active ? settings.npsEveryDays : settings.npsActiveDays) };
  if (!active || (numberFact(moment, 'openCases') ?? 0) > 0) return { timers };
  return { ...ask(moment, settings, memory, 'surveys.nps', { survey: 'nps' }), timers };
}

function askCase(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const { caseId } = memory;
  if (caseId === undefined) return {};
  return ask(moment, settings, without(memory, 'caseId'), 'surveys.case', { survey: 'csat', caseId });
}

function ask(
  moment: Moment,
  settings: SurveysSettings,
  memory: SurveysMemory,
  template: string,
  variables: Proposal['variables'],
): Step {
  const proposal = question(moment, settings, template, variables);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  return { proposals: [proposal], memory: { ...memory, open: { actionId, template, variables } } };
}

function remind(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const { open } = memory;
  if (!open) return {};
  const proposal = question(moment, settings, `${open.template}.reminder`, open.variables);
  return { proposals: [{ ...proposal, reminderOf: open.actionId }], memory: without(memory, 'open') };
}

function question(
  moment: Moment,
  settings: SurveysSettings,
  template: string,
  variables: Proposal['variables'],
): Proposal {
  return {
    ...told(moment, template, variables),
    kind: 'survey',
    purpose: 'survey',
    audience: 'customer',
    channels: settings.channels,
    priority: settings.priority,
    expiresAt: daysAfter(moment, settings.validDays),
    restsOn: readFacts(moment, 'openCases', 'surveysAnswered'),
  };
}

function callBack(moment: Moment, score: number): Proposal {
  return {
    ...told(moment, 'surveys.detractor', { score }),
    kind: 'task',
    purpose: 'internal',
    audience: 'support-lead',
    channels: ['in-app'],
    priority: 80,
    expiresAt: daysAfter(moment, 7),
  };
}

function told(moment: Moment, template: string, variables: Proposal['variables']) {
  const facts = readFacts(moment, 'purchases', 'daysSincePurchase', 'lastNps', 'openCases');
  return {
    slot: template,
    programme: 'surveys',
    template,
    variables,
    notBefore: moment.at,
    evidence: { rule: template, facts, causes: [moment.causeId] },
  };
}

function without(memory: SurveysMemory, name: keyof SurveysMemory): SurveysMemory {
  return Object.fromEntries(Object.entries(memory).filter(([key]) => key !== name));
}
