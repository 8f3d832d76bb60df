import { nothing, type Moment, type Programme } from '../programme.js';
import { alert } from './key-account-alert.js';
import { assigned, contacted, due, type Step } from './key-account-contact.js';
import { keyAccountSettings, type KeyAccountSettings } from './key-account-settings.js';
import { hasManager, isKey, toStaff, type KeyAccountMemory } from './key-account-work.js';
import { eventOf, fired, lastedSince, readFacts } from './reading.js';
import { worthOf } from './worth.js';

/**
 * A manager for the customers who matter most: suggested to sales, made known to the customer, who then calls and meets by
 * rhythm and on agreed dates, and is told of changes.
 */
export const keyAccount: Programme<KeyAccountSettings, KeyAccountMemory> = {
  name: 'key-account',
  settings: keyAccountSettings,
  hears: [
    'stage.changed',
    'health.changed',
    'order.completed.v1',
    'contact.made.v1',
    'account.assigned.v1',
    'profile.updated.v1',
    'survey.answered.v1',
    'feedback.given.v1',
    'review.posted.v1',
  ],
  decide(moment, settings, memory = {}) {
    const event = eventOf(moment);
    if (!event) return rung(moment, settings, memory);
    switch (event.type) {
      case 'contact.made.v1':
        return contacted(moment, settings, event.data, memory);
      case 'account.assigned.v1':
        return assigned(moment, settings, memory);
      case 'order.completed.v1':
        return offer(moment, settings, memory) ?? alertAt(moment, settings, memory);
      case 'profile.updated.v1':
        return profiled(moment, settings, memory);
      default:
        return offer(moment, settings, memory) ?? alert(moment, settings, memory);
    }
  },
};

/** One of its own timers, or a change that another's brought. */
function rung(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step {
  for (const what of ['call', 'meeting', 'date'] as const)
    if (fired(moment, 'key-account', what)) return due(moment, settings, what, memory);
  return offer(moment, settings, memory) ?? alert(moment, settings, memory);
}

/** One update may bring both new contact persons and a manager. */
function profiled(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step {
  const told = alert(moment, settings, memory);
  const step = assigned(moment, settings, told.memory ?? memory);
  return { ...told, ...step, proposals: [...told.proposals, ...step.proposals] };
}

/** An order changes nothing by itself. */
function alertAt(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step {
  return moment.transitions.length > 0 ? alert(moment, settings, memory) : nothing;
}

/** Suggests a manager, to those who deal with the customer, when one becomes worth it and has none. */
function offer(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step | undefined {
  if (moment.late || !lastedSince(memory.offeredAt, settings.offerEveryDays, moment.at)) return undefined;
  if (!isKey(moment, settings) || hasManager(moment) || moment.stage === 'dissolution') return undefined;
  const told = { worth: worthOf(moment), currency: moment.fact('lastOrderCurrency') };
  const restsOn = readFacts(moment, 'accountManager', 'endedBySupplier');
  return {
    proposals: [toStaff(moment, settings, 'offer', { audience: 'sales', restsOn }, told)],
    memory: { ...memory, offeredAt: moment.at },
  };
}
