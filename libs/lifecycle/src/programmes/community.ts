import { Type, type Static } from 'typebox';
import { actionIdOf } from '../arbiter/action.js';
import type { Moment, Programme, Proposal } from '../programme.js';
import { answerMention, answersSettings, thankEntry, type Answered } from './community-answers.js';
import {
  ask,
  asks,
  asksSettings,
  isContent,
  isEligible,
  nextAsk,
  type AskName,
  type Asked,
} from './community-asks.js';
import { daysAfter, eventOf, fired } from './reading.js';

const settings = Type.Object(
  { ...asksSettings, ...answersSettings },
  { additionalProperties: false, default: {} },
);

export type CommunitySettings = Static<typeof settings>;

export type CommunityMemory = Partial<Readonly<Record<AskName, Asked>>> & { readonly answered?: Answered };

/** Whoever is not content when something is due is looked at again so many days later. */
const againDays = 30;
const never: Asked = { times: 0 };

/**
 * Brings those who are close to us together: an invitation to the community, a place in the co-creation panel, contests;
 * answers what is said in public, and thanks for taking part.
 */
export const community: Programme<CommunitySettings, CommunityMemory> = {
  name: 'community',
  settings,
  hears: [
    'stage.changed',
    'survey.answered.v1',
    'definition.activated.v1',
    'community.joined.v1',
    'contest.entered.v1',
    'social.mentioned.v1',
    'offer.declined.v1',
  ],
  decide(moment, chosen, memory = {}) {
    const { proposals, memory: taken } = take(moment, chosen, memory);
    const next = plan(moment, chosen, taken);
    if (next === memory) return { proposals };
    const moved = asks.filter((name) => next[name]?.due !== memory[name]?.due);
    const timers = Object.fromEntries(moved.map((name) => [name, next[name]?.due ?? null]));
    return { proposals, timers, memory: next };
  },
};

interface Taken {
  readonly proposals: readonly Proposal[];
  readonly memory: CommunityMemory;
}

function take(moment: Moment, settings: CommunitySettings, memory: CommunityMemory): Taken {
  const due = asks.find((name) => fired(moment, 'community', name));
  if (due) return put(due, moment, settings, memory);
  const event = eventOf(moment);
  const { answered = {} } = memory;
  switch (event?.type) {
    case 'social.mentioned.v1':
      return withAnswer(memory, answerMention(event.data, moment, settings, answered));
    case 'contest.entered.v1':
      return withAnswer(tookPart(memory, moment.at), thankEntry(event.data, moment, settings, answered));
    case 'offer.declined.v1':
      return { proposals: [], memory: refused(memory, event.data.actionId) };
    default:
      return { proposals: [], memory };
  }
}

function put(name: AskName, moment: Moment, settings: CommunitySettings, memory: CommunityMemory): Taken {
  const asked = memory[name] ?? never;
  // What is due for somebody who is no longer to be asked is taken off by `plan`.
  if (!isEligible(name, moment)) return { proposals: [], memory };
  if (!isContent(moment)) {
    const due = daysAfter(moment, againDays);
    return { proposals: [], memory: { ...memory, [name]: { ...asked, due } } };
  }
  const proposal = ask(name, moment, settings);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  const put: Asked = { times: asked.times + 1, at: moment.at, actionId };
  return { proposals: [proposal], memory: { ...memory, [name]: put } };
}

/** Sets a time for each thing that the customer has become somebody to ask, and none for what is moot. */
function plan(moment: Moment, settings: CommunitySettings, memory: CommunityMemory): CommunityMemory {
  let next = memory;
  for (const name of asks) {
    const { due, ...asked } = memory[name] ?? never;
    const planned = isEligible(name, moment) ? (due ?? nextAsk(name, asked, moment, settings)) : undefined;
    if (planned === due) continue;
    next = { ...next, [name]: planned === undefined ? asked : { ...asked, due: planned } };
  }
  return next;
}

function withAnswer(memory: CommunityMemory, { proposals, answered }: ReturnType<typeof thankEntry>): Taken {
  return { proposals, memory: answered ? { ...memory, answered } : memory };
}

/** Whoever took part unasked is not asked before long. */
function tookPart(memory: CommunityMemory, at: number): CommunityMemory {
  const { times } = memory.contest ?? never;
  return { ...memory, contest: { times, at } };
}

/** A no to one of these is a no for good. */
function refused(memory: CommunityMemory, actionId: string | undefined): CommunityMemory {
  const name = asks.find((it) => actionId !== undefined && memory[it]?.actionId === actionId);
  if (!name) return memory;
  const { times, at } = memory[name]!;
  return { ...memory, [name]: { times, ...(at !== undefined && { at }), no: true } };
}
