import type { Moment } from '../programme.js';
import { hasOpenCase } from './open-case.js';
import { daysAfter, numberFact } from './reading.js';
import { ask, without, type Step, type SurveysMemory } from './surveys-question.js';
import type { SurveysSettings } from './surveys-settings.js';

const day = 86_400_000;
/** With an open case the recommendation is thought of again after so many days. */
const laterDays = 30;

/** A purchase starts the rhythm where it does not run. */
export function startNps(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  if (moment.late || numberFact(moment, 'lastPurchaseAt') !== moment.at) return {};
  const { npsAskedAt = -Infinity } = memory;
  const due = Math.max(daysAfter(moment, settings.npsFirstDays), npsAskedAt + settings.npsEveryDays * day);
  return { timers: { nps: due }, memory: { ...memory, npsSet: true } };
}

/** Asks those who are active; for those who are not the rhythm rests until they buy again. */
export function askNps(moment: Moment, settings: SurveysSettings, memory: SurveysMemory): Step {
  const since = numberFact(moment, 'daysSincePurchase') ?? Infinity;
  const active =
    moment.stage !== 'dissolution' &&
    since <= settings.npsActiveDays &&
    (numberFact(moment, 'purchases') ?? 0) >= settings.npsPurchases;
  if (!active) return { memory: without(memory, 'npsSet') };
  if (hasOpenCase(moment, settings.openCaseDays)) return { timers: { nps: daysAfter(moment, laterDays) } };
  return {
    ...ask(
      moment,
      settings,
      { ...memory, npsAskedAt: moment.at },
      {
        template: 'surveys.nps',
        variables: { survey: 'nps' },
        validDays: settings.npsValidDays,
      },
    ),
    timers: { nps: daysAfter(moment, settings.npsEveryDays) },
  };
}
