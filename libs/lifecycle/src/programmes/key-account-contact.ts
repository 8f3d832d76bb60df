import type { DataOf } from '#contracts';
import { mayBeCalled } from '../phone.js';
import { nothing, type Decision, type Moment, type Proposal } from '../programme.js';
import type { KeyAccountSettings } from './key-account-settings.js';
import { hasManager, isKey, toStaff, type KeyAccountMemory } from './key-account-work.js';
import { atLocalTime, timeOfDay } from './local-time.js';
import { daysAfter, readFacts } from './reading.js';

export type Step = Omit<Decision<never>, 'memory'> & { readonly memory?: KeyAccountMemory };

const day = 86_400_000;

/** A new manager is made known to the customer and begins the rhythm; without one there is none. */
export function assigned(moment: Moment, settings: KeyAccountSettings, memory: KeyAccountMemory): Step {
  const known = moment.fact('accountManager');
  const manager = typeof known === 'string' ? known : null;
  if (moment.late || manager === (memory.manager ?? null)) return nothing;
  if (manager === null)
    return {
      proposals: [],
      timers: { call: null, meeting: null, date: null },
      memory: { ...memory, manager },
    };
  return {
    proposals: [introduction(moment, settings)],
    timers: {
      call: daysAfter(moment, settings.introductionDays),
      meeting: daysAfter(moment, settings.meetingDays),
    },
    memory: { ...memory, manager },
  };
}

function introduction(moment: Moment, settings: KeyAccountSettings): Proposal {
  const accountManager = moment.fact('accountManager');
  return {
    ...toStaff(moment, settings, 'manager', {}, { accountManager }),
    kind: 'message',
    purpose: 'service',
    audience: 'customer',
    channels: settings.channels,
    restsOn: readFacts(moment, 'accountManager'),
  };
}

/** A call, visit or meeting puts off the next one, to the date that was agreed where there is one; a note is only counted. */
export function contacted(
  moment: Moment,
  settings: KeyAccountSettings,
  { kind, nextDate }: DataOf<'contact.made.v1'>,
  memory: KeyAccountMemory,
): Step {
  if (kind === 'note') {
    const [count, last] = memory.notes ?? [0, 0];
    return { proposals: [], memory: { ...memory, notes: [count + 1, Math.max(last, moment.at)] } };
  }
  if (moment.late || !hasManager(moment)) return nothing;
  const agreed = nextDate === undefined ? undefined : startOf(nextDate, moment, settings);
  const date = agreed !== undefined && agreed > moment.at ? agreed : undefined;
  return {
    proposals: [],
    timers: {
      call: (date ?? moment.at) + settings.callDays * day,
      ...(date !== undefined && { date }),
      ...(kind !== 'call' && { meeting: daysAfter(moment, settings.meetingDays) }),
    },
  };
}

function startOf(date: string, { zone }: Moment, { clock }: KeyAccountSettings): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return atLocalTime({ year, month, day }, timeOfDay(clock), zone);
}

/** What a timer asks the manager to do; a date that was agreed is kept with small and with lost customers too. */
export function due(
  moment: Moment,
  settings: KeyAccountSettings,
  what: 'call' | 'meeting' | 'date',
  { notes }: KeyAccountMemory,
): Step {
  if (!hasManager(moment)) return nothing;
  const again = { call: settings.callDays, meeting: settings.meetingDays, date: undefined }[what];
  const timers = again === undefined ? {} : { timers: { [what]: daysAfter(moment, again) } };
  if (what !== 'date' && (moment.stage === 'dissolution' || !isKey(moment, settings)))
    return { proposals: [], ...timers };
  const known = notes ? { notes: notes[0], lastNoteAt: new Date(notes[1]).toISOString() } : {};
  const call = mayBeCalled(moment.fact, 'service') ? 'phone' : 'email';
  const channels = [what === 'meeting' ? 'in-person' : call] as const;
  const restsOn = readFacts(moment, 'accountManager', 'endedBySupplier');
  return { proposals: [toStaff(moment, settings, what, { channels, restsOn }, known)], ...timers };
}
