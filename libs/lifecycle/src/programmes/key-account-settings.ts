import { Type, type Static } from 'typebox';
import { channelOrder, days, priority } from './settings.js';

const amount = (value: number, description: string) =>
  Type.Number({ default: value, minimum: 0, description });

export const keyAccountSettings = Type.Object(
  {
    worth: amount(
      2000,
      'Spent in the currency of the latest order by a committed customer who gets a manager.',
    ),
    worthAlone: amount(4000, 'Spent by one who gets a manager in whatever stage.'),
    offerEveryDays: days(365, 'A manager is suggested at most once in so many days.'),
    introductionDays: days(7, 'A new manager calls so many days after the assignment,'),
    callDays: days(90, 'and so many days after the last contact.'),
    meetingDays: days(365, 'They meet so many days after the last visit or meeting.'),
    validDays: days(14, 'A task is for so many days.'),
    clock: Type.String({
      default: '09:00',
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: "Time of day, in the definition's zone, of the task for an agreed date.",
    }),
    alertDays: days(14, 'At most one alert of a kind in so many days.'),
    priority: priority(55),
    channels: channelOrder('email', 'push'),
  },
  { additionalProperties: false, default: {} },
);

export type KeyAccountSettings = Static<typeof keyAccountSettings>;
