import { actionIdOf } from '../arbiter/action.js';
import { nothing, type Decision, type Moment, type Programme } from '../programme.js';
import type { Transition } from '../types.js';
import { daysAfter, fired, lastedSince, readFacts } from './reading.js';
import { reasonOf, wordOf, type Said } from './win-back-reason.js';
import { proposalOf } from './win-back-rungs.js';
import { winBackSettings, type LeavingReason, type WinBackSettings } from './win-back-settings.js';
import { worthOf } from './worth.js';

type Occasion = 'atRisk' | 'dissolution';
type Rests = ReturnType<typeof readFacts>;

/** A ladder: `next` is the index of the rung whose timer is set, past the last one at its end; `rests` ends it by changing. */
interface Climb {
  readonly occasion: Occasion;
  readonly reason: LeavingReason;
  /** From here its days are counted, ms. */
  readonly from: number;
  readonly next: number;
  readonly rests: Rests;
  /** What it asked for so far: at most one for each rung. */
  readonly asked: readonly string[];
}

export interface WinBackMemory {
  readonly climb?: Climb;
  /** When the last ladder of each occasion began, ms. */
  readonly began?: Readonly<Partial<Record<Occasion, number>>>;
  readonly said?: Said;
  readonly noAt?: number;
}

type Step = Decision<WinBackMemory>;

/**
 * Wins back who is leaving, by a ladder that fits value and reason: once when health turns at risk, and once more after the
 * relationship ended. It stops on a purchase, on a no, and at its end.
 */
export const winBack: Programme<WinBackSettings, WinBackMemory> = {
  name: 'win-back',
  settings: winBackSettings,
  givesCoupons: true,
  hears: [
    'health.changed',
    'stage.changed',
    'subscription.cancelled.v1',
    'offer.declined.v1',
    'contact.made.v1',
    'task.completed.v1',
    'message.unsubscribed.v1',
    'message.complained.v1',
    'consent.changed.v1',
  ],
  decide(moment, settings, memory = {}) {
    if (fired(moment, 'win-back', 'rung')) return takeRung(moment, settings, memory);
    const word = wordOf(moment, settings, memory.climb?.asked ?? []);
    if (word?.no && memory.climb) return refused(memory.climb, memory, moment.at);
    const heard =
      word?.reason && !moment.late ? { ...memory, said: { reason: word.reason, at: moment.at } } : memory;
    const step = moment.transitions.length > 0 ? change(moment, settings, heard) : nothing;
    return heard === memory || step.memory ? step : { ...step, memory: heard };
  },
};

/** What asks no more of the customer; what waits is withdrawn, and the open coupon with it. */
function refused({ asked }: Climb, memory: WinBackMemory, at: number): Step {
  return { proposals: [], withdraws: asked, timers: { rung: null }, memory: { ...over(memory), noAt: at } };
}

function over({ began, said, noAt }: WinBackMemory): WinBackMemory {
  return { ...(began && { began }), ...(said && { said }), ...(noAt !== undefined && { noAt }) };
}

function change(moment: Moment, settings: WinBackSettings, memory: WinBackMemory): Step {
  const { climb } = memory;
  const occasion = occasionOf(moment, settings);
  if (climb && (occasion === 'dissolution' || !stillAway(moment, climb))) {
    const ended = over(memory);
    return occasion
      ? begin(moment, settings, ended, occasion)
      : { proposals: [], timers: { rung: null }, memory: ended };
  }
  return !climb && occasion ? begin(moment, settings, memory, occasion) : nothing;
}

function occasionOf(moment: Moment, { rules }: WinBackSettings): Occasion | undefined {
  const { transitions, stage, health, late } = moment;
  if (late) return undefined;
  if (stage === 'dissolution')
    return transitions.some(({ to }) => to === 'dissolution') && moment.fact('endedBySupplier') !== true
      ? 'dissolution'
      : undefined;
  const leaving = ({ region, to, evidence }: Transition) =>
    region === 'health' && to === 'atRisk' && rules.includes(evidence.rule);
  return health === 'atRisk' && transitions.some(leaving) ? 'atRisk' : undefined;
}

function stillAway(moment: Moment, { occasion, rests }: Climb): boolean {
  if ((moment.stage === 'dissolution') !== (occasion === 'dissolution') || moment.health === 'well')
    return false;
  const now = restsOf(moment);
  return Object.entries(rests).every(([name, value]) => now[name] === value);
}

const restsOf = (moment: Moment): Rests =>
  readFacts(moment, 'lastPurchaseAt', 'subscription', 'endedBySupplier');

function begin(moment: Moment, settings: WinBackSettings, memory: WinBackMemory, occasion: Occasion): Step {
  const rested =
    lastedSince(memory.began?.[occasion], settings.restDays, moment.at) &&
    lastedSince(memory.noAt, settings.noDays, moment.at);
  if (!rested) return { proposals: [], timers: { rung: null }, memory };
  const climb: Climb = {
    occasion,
    reason: reasonOf(moment, settings, memory.said),
    from: daysAfter(moment, occasion === 'dissolution' ? settings.dissolutionDays : 0),
    next: -1,
    rests: restsOf(moment),
    asked: [],
  };
  return climbOn(moment, settings, { ...memory, began: { ...memory.began, [occasion]: moment.at } }, climb);
}

/** To the next rung that the customer is worth: now where it is due, else by timer. */
function climbOn(moment: Moment, settings: WinBackSettings, memory: WinBackMemory, climb: Climb): Step {
  const rungs = settings.ladders[climb.reason];
  const worth = worthOf(moment);
  const found = rungs.findIndex((rung, index) => index > climb.next && rung.worth <= worth);
  const onRung = { ...climb, next: found < 0 ? rungs.length : found };
  const rung = rungs[onRung.next];
  const due = rung ? climb.from + rung.afterDays * 86_400_000 : null;
  if (due !== null && due <= moment.at) return ask(moment, settings, memory, onRung);
  return { proposals: [], timers: { rung: due }, memory: { ...memory, climb: onRung } };
}

function takeRung(moment: Moment, settings: WinBackSettings, memory: WinBackMemory): Step {
  const { climb } = memory;
  if (!climb) return nothing;
  return stillAway(moment, climb)
    ? ask(moment, settings, memory, climb)
    : { proposals: [], memory: over(memory) };
}

function ask(moment: Moment, settings: WinBackSettings, memory: WinBackMemory, climb: Climb): Step {
  const rung = settings.ladders[climb.reason][climb.next];
  const facts = readFacts(moment, 'lastPurchaseAt', 'daysSincePurchase', 'overdueAfter', 'keptOrders');
  const proposal = rung && proposalOf(moment, rung, settings, facts, climb);
  if (!proposal) return climbOn(moment, settings, memory, climb);
  const actionId = actionIdOf(moment.customer, moment.definition, proposal);
  const further = climbOn(moment, settings, memory, { ...climb, asked: [...climb.asked, actionId] });
  return { ...further, proposals: [proposal, ...further.proposals] };
}
