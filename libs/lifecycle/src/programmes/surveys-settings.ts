import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

export const surveysSettings = Type.Object(
  {
    npsFirstDays: days(60, 'The recommendation is asked for so many days after the first purchase,'),
    npsEveryDays: days(180, 'and so many days after it was last asked for.'),
    npsActiveDays: days(90, 'Only of those who bought within so many days.'),
    npsPurchases: Type.Integer({ default: 2, minimum: 1, description: 'And on so many days or more.' }),
    npsValidDays: days(60, 'It waits so long for its turn in the question budget.'),
    caseAfterDays: days(1, 'Satisfaction is asked for so many days after a case was resolved.'),
    feedbackAfterDays: days(
      2,
      'After a return or a cancelled subscription without a reason a form asks for it, so many days later.',
    ),
    feedbackEveryDays: days(90, 'At most one form in so many days.'),
    openCaseDays: days(30, 'Nothing is asked while a case is open, until it was silent for so long.'),
    remindAfterDays: days(7, 'One reminder so many days after delivery, where nobody answered.'),
    validDays: days(7, 'The other questions and reminders are not put later than so many days after that.'),
    priority: priority(35),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type SurveysSettings = Static<typeof surveysSettings>;
