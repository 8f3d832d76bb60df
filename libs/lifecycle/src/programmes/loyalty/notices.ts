import type { Proposal } from '../../programme.js';
import { daysAfter, lastedSince, readFacts, type RestsOn } from '../reading.js';
import { expiryOf, spendableOf } from './memory.js';
import type { Tier } from './settings.js';
import type { Work } from './work.js';

const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();
/** One warning speaks for what expires in so many days after the first of it. */
const warningSpan = 61 * day;

export function announceTier(work: Work, from: Tier, to: Tier, rule: string, earned: number): void {
  const template = rule === 'tierReached' ? 'tier-reached' : 'tier-lost';
  const variables = { from: from.name, tier: to.name, benefits: to.benefits };
  tell(work, template, variables, { earned }, { tier: to.name });
}

/** `until`: when the tier is lost, ms. */
export function warnOfTier(work: Work, held: Tier, next: Tier, until: number, earned: number): void {
  const variables = { tier: held.name, next: next.name, until: iso(until), missing: held.from - earned };
  tell(work, 'tier-ending', variables, { earned }, { tier: held.name });
}

export function flagSupport(work: Work, tier: Tier, rule: string, earned: number): void {
  propose(work, 'priority-queue', {
    kind: 'flag',
    purpose: 'internal',
    audience: 'support-lead',
    channels: ['in-app'],
    variables: { tier: tier.name, priorityQueue: tier.priorityQueue },
    evidence: { rule: `loyalty.${rule}`, facts: { earned }, causes: [work.moment.causeId] },
    restsOn: { tier: tier.name },
  });
}

/** Not at every basket: when the spendable points, so many before, pass another milestone. */
export function tellMilestone(work: Work, before: number): void {
  const { memory, settings, moment } = work;
  const points = spendableOf(memory);
  const { milestone, tellEveryDays } = settings;
  if (Math.floor(points / milestone) <= Math.floor(before / milestone)) return;
  if (!lastedSince(memory.toldAt, tellEveryDays, moment.at)) return;
  if (Number(moment.fact('openCases')) > 0) return;
  tell(work, 'milestone', { points, milestone }, { points }, unspent(work));
}

export function tellReward(work: Work, grantId: string, rewardId: string, quantity: number): void {
  const code = work.moment.code(grantId);
  tell(work, 'reward', { grantId, rewardId, quantity, ...(code !== undefined && { code }) }, {});
}

/** Warns of points that expire soon, together with what follows shortly after. */
export function warnOfExpiry(work: Work): void {
  const { memory, settings, moment, days } = work;
  const first = firstUnwarned(work);
  if (first === undefined || first - settings.expiryWarnDays * day > moment.at) return;
  const warnedUntil = first + warningSpan;
  let points = 0;
  for (const [month, left] of memory.lots)
    if (expiryOf(month, settings.expiryMonths, days) <= warnedUntil) points += left;
  memory.warnedUntil = warnedUntil;
  if (points < settings.expiryWarnPoints) return;
  tell(work, 'points-expiring', { points, from: iso(first) }, { points }, unspent(work));
}

/** When the next warning is due, ms. */
export function warningAt(work: Work): number | undefined {
  const first = firstUnwarned(work);
  return first === undefined ? undefined : first - work.settings.expiryWarnDays * day;
}

function firstUnwarned({ memory, settings, days }: Work): number | undefined {
  const { lots, warnedUntil } = memory;
  for (const [month] of lots) {
    const expiry = expiryOf(month, settings.expiryMonths, days);
    if (expiry > warnedUntil) return expiry;
  }
  return undefined;
}

const unspent = ({ moment }: Work): RestsOn => readFacts(moment, 'redemptionsRequested');

/** A short word to the customer; none to one whom the supplier gave up or suspects of fraud. */
function tell(
  work: Work,
  what: string,
  variables: Proposal['variables'],
  facts: Proposal['evidence']['facts'],
  restsOn: RestsOn = {},
): void {
  const { moment, settings } = work;
  const flags = moment.fact('flags') as readonly string[] | undefined;
  if (moment.late || moment.fact('endedBySupplier') === true || flags?.includes('fraud')) return;
  if (what !== 'reward') work.memory.toldAt = moment.at;
  propose(work, what, {
    kind: 'message',
    purpose: 'service',
    audience: 'customer',
    channels: settings.channels,
    variables,
    evidence: { rule: `loyalty.${what}`, facts, causes: [moment.causeId] },
    restsOn: { ...restsOn, ...readFacts(moment, 'endedBySupplier') },
  });
}

/** What every proposal of the programme has in common. */
export function propose(
  { moment, settings, proposals }: Work,
  what: string,
  proposal: Omit<Proposal, 'slot' | 'programme' | 'template' | 'priority' | 'notBefore' | 'expiresAt'>,
): void {
  proposals.push({
    slot: what,
    programme: 'loyalty',
    template: `loyalty.${what}`,
    priority: settings.priority,
    notBefore: moment.at,
    expiresAt: daysAfter(moment, settings.validDays),
    ...proposal,
  });
}
