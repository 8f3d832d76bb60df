import { nothing, type Moment, type Programme } from '../programme.js';
import { hasOpenCase } from './open-case.js';
import { daysAfter, eventOf, fired } from './reading.js';
import { askForm, dropForm, planForm } from './surveys-form.js';
import { askNps, startNps } from './surveys-nps.js';
import { ask, delivered, remind, without, type Step, type SurveysMemory } from './surveys-question.js';
import { surveysSettings, type SurveysSettings } from './surveys-settings.js';

/**
 * Asks for a recommendation by rhythm, for satisfaction after a case, and by a form for the reason of a return or a cancelled
 * subscription. The arbiter's cap on surveys makes all of them, and those of other programmes, one question budget.
 */
export const surveys: Programme<SurveysSettings, SurveysMemory> = {
  name: 'surveys',
  settings: surveysSettings,
  hears: [
    'order.completed.v1',
    'order.returned.v1',
    'subscription.cancelled.v1',
    'subscription.renewed.v1',
    'case.resolved.v1',
    'case.reopened.v1',
    'message.delivered.v1',
    'survey.answered.v1',
    'survey.expired.v1',
    'feedback.given.v1',
    'relationship.ended.v1',
  ],
  decide(moment, settings, memory = {}) {
    if (moment.cause.type === 'order.completed.v1' && memory.npsSet) return nothing;
    return { ...nothing, ...takeIn(moment, settings, memory) };
  },
};

const ended = { nps: null, case: null, form: null, reminder: null };

function takeIn(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const event = eventOf(moment);
  switch (event?.type) {
    case undefined:
      return takeUpDue(moment, settings, memory);
    case 'order.completed.v1':
      return startNps(moment, settings, memory);
    case 'order.returned.v1': {
      const { orderId, reason } = event.data;
      return planForm(moment, settings, memory, reason, { about: 'return', orderId });
    }
    case 'subscription.cancelled.v1': {
      const { subscriptionId, reason } = event.data;
      return planForm(moment, settings, memory, reason, { about: 'subscription', subscriptionId });
    }
    case 'subscription.renewed.v1':
      return memory.about?.['subscriptionId'] === event.data.subscriptionId ? dropForm(memory) : {};
    case 'feedback.given.v1':
      return dropForm(memory);
    case 'case.resolved.v1':
      return moment.late
        ? {}
        : {
            timers: { case: daysAfter(moment, settings.caseAfterDays) },
            memory: { ...memory, caseId: event.data.caseId },
          };
    case 'case.reopened.v1':
      return event.data.caseId === memory.caseId
        ? { timers: { case: null }, memory: without(memory, 'caseId') }
        : {};
    case 'message.delivered.v1':
      return delivered(moment, settings, memory, event.data.actionId);
    case 'survey.answered.v1':
      return memory.open ? { timers: { reminder: null }, memory: without(memory, 'open', 'delivered') } : {};
    case 'survey.expired.v1':
      return expired(memory, event.data.actionId);
    case 'relationship.ended.v1':
      return { timers: ended, memory: without(memory, 'npsSet', 'caseId', 'about', 'open', 'delivered') };
    default:
      return {};
  }
}

function takeUpDue(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  if (fired(moment, 'surveys', 'nps')) return askNps(moment, settings, memory);
  if (fired(moment, 'surveys', 'case')) return askCase(moment, settings, memory);
  if (fired(moment, 'surveys', 'form')) return askForm(moment, settings, memory);
  return fired(moment, 'surveys', 'reminder') ? remind(moment, settings, memory) : {};
}

function askCase(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const { caseId, ...rest } = memory;
  if (caseId === undefined) return {};
  if (hasOpenCase(moment, settings.openCaseDays)) return { memory: rest };
  return ask(moment, settings, rest, {
    template: 'surveys.case',
    variables: { survey: 'csat', caseId },
    validDays: settings.validDays,
  });
}

/** Whoever let it lapse is not reminded. */
function expired(memory: SurveysMemory, gone: string): Step {
  if (!memory.open?.some(({ actionId }) => actionId === gone)) return {};
  const open = memory.open.filter(({ actionId }) => actionId !== gone);
  if (memory.delivered !== gone) return { memory: { ...memory, open } };
  return { timers: { reminder: null }, memory: { ...without(memory, 'delivered'), open } };
}
