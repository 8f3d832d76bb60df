import { actionIdOf } from '../arbiter/action.js';
import type { Decision, Moment, Proposal } from '../programme.js';
import { hasOpenCase } from './open-case.js';
import { daysAfter, readFacts } from './reading.js';
import type { SurveysSettings } from './surveys-settings.js';

/** A question that was put, and has neither been answered nor reminded of. */
export interface Open {
  readonly actionId: string;
  readonly template: string;
  readonly variables: Proposal['variables'];
}

export interface SurveysMemory {
  /** The timer for the recommendation is set; when it was last asked for, ms. */
  readonly npsSet?: true;
  readonly npsAskedAt?: number;
  readonly caseId?: string;
  /** What the form would ask about; when one was last put, ms. */
  readonly about?: Proposal['variables'];
  readonly formAskedAt?: number;
  /** At most three; what waits for its turn is delivered later than what was asked after it. */
  readonly open?: readonly Open[];
  /** Of the open ones, that which was delivered and is reminded of next. */
  readonly delivered?: string;
}

export type Step = Partial<Decision<SurveysMemory>>;

const mostOpen = 3;

interface Question {
  readonly template: string;
  readonly variables: Proposal['variables'];
  readonly validDays: number;
  /** Facts that would make it moot, besides another answer or a case. */
  readonly restsOn?: readonly string[];
}

/** Puts a question, and remembers that it is open. */
export function ask(
  moment: Moment,
  settings: SurveysSettings,
  memory: SurveysMemory,
  { template, variables, validDays, restsOn = [] }: Question,
): Step {
  const proposal = question(moment, settings, template, variables, validDays, restsOn);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  const open = [...(memory.open ?? []), { actionId, template, variables }].slice(-mostOpen);
  return { proposals: [proposal], memory: { ...memory, open } };
}

/** The reminder's turn comes a while after the question was delivered. */
export function delivered(
  moment: Moment,
  settings: SurveysSettings,
  memory: SurveysMemory,
  actionId: string | undefined,
): Step {
  if (actionId === undefined || !memory.open?.some((it) => it.actionId === actionId)) return {};
  return {
    timers: { reminder: daysAfter(moment, settings.remindAfterDays) },
    memory: { ...memory, delivered: actionId },
  };
}

export function remind(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const { delivered, open = [] } = memory;
  const found = open.find(({ actionId }) => actionId === delivered);
  if (!found) return {};
  const rest = { ...without(memory, 'delivered'), open: open.filter((it) => it !== found) };
  if (hasOpenCase(moment, settings.openCaseDays)) return { memory: rest };
  const proposal = question(
    moment,
    settings,
    `${found.template}.reminder`,
    found.variables,
    settings.validDays,
  );
  return { proposals: [{ ...proposal, reminderOf: found.actionId }], memory: rest };
}

function question(
  moment: Moment,
  settings: SurveysSettings,
  template: string,
  variables: Proposal['variables'],
  validDays: number,
  restsOn: readonly string[] = [],
): Proposal {
  return {
    slot: template,
    programme: 'surveys',
    kind: 'survey',
    purpose: 'survey',
    audience: 'customer',
    channels: settings.channels,
    template,
    variables,
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, validDays),
    evidence: {
      rule: template,
      facts: readFacts(moment, 'purchases', 'daysSincePurchase', 'lastNps', 'openCases'),
      causes: [moment.causeId],
    },
    restsOn: readFacts(moment, 'openCases', 'surveysAnswered', ...restsOn),
  };
}

export function without(memory: SurveysMemory, ...names: (keyof SurveysMemory)[]): SurveysMemory {
  const rest: Record<string, unknown> = {};
  for (const name in memory)
    if (!names.includes(name as keyof SurveysMemory)) rest[name] = memory[name as keyof SurveysMemory];
  return rest;
}
