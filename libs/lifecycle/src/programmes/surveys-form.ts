import type { Moment, Proposal } from '../programme.js';
import { hasOpenCase } from './open-case.js';
import { daysAfter, lastedSince } from './reading.js';
import { ask, without, type Step, type SurveysMemory } from './surveys-question.js';
import type { SurveysSettings } from './surveys-settings.js';

/** Something came to an end and nobody said why: a form will ask. */
export function planForm(
  moment: Moment,
  settings: SurveysSettings,
  memory: SurveysMemory,
  reason: string | undefined,
  about: Proposal['variables'],
): Step {
  if (moment.late || reason !== undefined) return {};
  if (!lastedSince(memory.formAskedAt, settings.feedbackEveryDays, moment.at)) return {};
  return { timers: { form: daysAfter(moment, settings.feedbackAfterDays) }, memory: { ...memory, about } };
}

/** The customer has spoken, or changed their mind. */
export function dropForm(memory: SurveysMemory): Step {
  return memory.about ? { timers: { form: null }, memory: without(memory, 'about') } : {};
}

export function askForm(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const { about, ...rest } = memory;
  if (!about) return {};
  if (hasOpenCase(moment, settings.openCaseDays)) return { memory: rest };
  return ask(
    moment,
    settings,
    { ...rest, formAskedAt: moment.at },
    {
      template: 'surveys.feedback',
      variables: { survey: 'feedback', ...about },
      validDays: settings.validDays,
      restsOn: ['subscription', 'lastSentimentAt'],
    },
  );
}
