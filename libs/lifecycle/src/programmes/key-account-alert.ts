import { hash64 } from '../hash.js';
import type { Moment } from '../programme.js';
import type { Step } from './key-account-contact.js';
import type { KeyAccountSettings } from './key-account-settings.js';
import { hasManager, isKey, toStaff, type Change, type KeyAccountMemory } from './key-account-work.js';
import { eventOf, lastedSince } from './reading.js';

/** Tells the manager what has changed with a key account; of several changes in one event the first that applies. */
export function alert(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step {
  const contacts = contactsOf(moment) ?? memory.contacts;
  const known =
    contacts === memory.contacts ? memory : { ...memory, ...(contacts !== undefined && { contacts }) };
  const change = changeOf(moment, memory.contacts !== undefined && contacts !== memory.contacts);
  const told =
    change &&
    !moment.late &&
    lastedSince(memory.alerted?.[change], settings.alertDays, moment.at) &&
    hasManager(moment) &&
    isKey(moment, settings);
  if (!told) return { proposals: [], ...(known !== memory && { memory: known }) };
  return {
    proposals: [toStaff(moment, settings, 'alert', { kind: 'flag' }, { change })],
    memory: { ...known, alerted: { ...memory.alerted, [change]: moment.at } },
  };
}

function changeOf(moment: Moment, contactsChanged: boolean): Change | undefined {
  if (isDiscontent(moment)) return 'mood';
  if (contactsChanged) return 'contact';
  return moment.transitions.some(({ to }) => to === 'atRisk') && moment.health === 'atRisk'
    ? 'rhythm'
    : undefined;
}

function isDiscontent(moment: Moment): boolean {
  const event = eventOf(moment);
  switch (event?.type) {
    case 'survey.answered.v1': {
      const { survey, score } = event.data;
      return (survey === 'nps' && score <= 6) || (survey === 'csat' && score <= 2);
    }
    case 'feedback.given.v1':
      return event.data.sentiment === 'negative';
    case 'review.posted.v1':
      return event.data.rating <= 2;
    default:
      return false;
  }
}

/** A hash of the contact persons that the event gives; none is also an answer. */
function contactsOf(moment: Moment): string | undefined {
  const event = eventOf(moment);
  const given = event?.type === 'profile.updated.v1' && !moment.late ? event.data.contacts : undefined;
  return given === undefined ? undefined : hash64(JSON.stringify(given ?? []));
}
