import type { Action } from '../types.js';
import { numberFact, readFacts } from './reading.js';
import { goodwill } from './goodwill.js';
import type { CaseInHand } from './recovery-cases.js';
import { caseMatter, isBusy, take, toCustomer, toStaff, type Matter, type Work } from './recovery-work.js';

const hour = 3_600_000;
const day = 24 * hour;
const mostGrants = 24;

/** One in hand before it is said what is next. */
export type Taken = Omit<CaseInHand, 'next' | 'due'>;

/** What it is about, for words and tasks. */
export const matterOf = (key: string, { said }: Pick<CaseInHand, 'said'>): Matter =>
  said && key === saidKey ? { key, variables: {} } : caseMatter(key);

/** Of what was said without a case one at a time is in hand, under this name; no case has it. */
export const saidKey = '';

/** The first task goes to whom the cause concerns, else to the ladder's first rung. */
export function begin(work: Work, key: string, inHand: Taken): void {
  const { byCause, ladder } = work.settings;
  const { cause } = inHand;
  const specialist = cause !== undefined && Object.hasOwn(byCause, cause) ? byCause[cause] : undefined;
  if (specialist) assign(work, key, inHand, specialist, ladder[0]!.hours);
  else climb(work, key, inHand);
}

/** The task goes to the next rung; on the last one only silence is waited for. */
export function climb(work: Work, key: string, inHand: Taken): void {
  const { ladder } = work.settings;
  const rung = Math.min(inHand.rung + 1, ladder.length - 1);
  const { audience, hours } = ladder[rung]!;
  assign(work, key, { ...inHand, rung }, audience, rung === inHand.rung ? undefined : hours);
}

function assign(
  work: Work,
  key: string,
  inHand: Taken,
  audience: Action['audience'],
  hours: number | undefined,
): void {
  const { cause = null, rung, faults, said } = inHand;
  const what = said ? 'callback' : 'task';
  const task = toStaff(work, matterOf(key, inHand), audience, what, 'task', { cause, rung, faults });
  const next =
    hours === undefined ? silence(work) : ({ next: 'climb', due: work.now + hours * hour } as const);
  take(work, key, { ...inHand, task, ...next });
}

/** A word that it is being dealt with, at most one a day for each case. */
export function acknowledge(work: Work, key: string, inHand: Taken, after: string): Taken {
  if (inHand.word && work.now - inHand.word[0] < day) return inHand;
  const word = toCustomer(work, matterOf(key, inHand), 'acknowledgement', { after });
  return { ...inHand, word: [work.now, word] };
}

/** From here on only news is waited for. */
export const silence = ({ now, settings }: Work) =>
  ({ next: 'silence', due: now + settings.silentDays * day }) as const;

/** It is over: nothing said or asked before holds, we are sorry where we failed, and ask later whether all is well. */
export function close(work: Work, key: string, inHand: CaseInHand): void {
  const { word, task } = inHand;
  work.withdraws.push(...[word?.[1], task].filter((id) => id !== undefined));
  if (inHand.faults > 0) apologise(work, key, inHand);
  const { rung, said } = inHand;
  take(work, key, {
    since: work.moment.at,
    rung,
    faults: 0,
    ...(said && { said }),
    next: 'check',
    due: work.now + work.settings.checkAfterDays * day,
  });
}

function apologise(work: Work, key: string, inHand: CaseInHand): void {
  const { moment, settings, granted, now } = work;
  const mean = numberFact(moment, 'orderValueMean');
  const { amount, recent } = goodwill(mean, inHand.faults, granted, settings.goodwill, now);
  const matter = matterOf(key, inHand);
  if (amount === 0) return void toCustomer(work, matter, 'apology', {});
  const currency = moment.fact('lastOrderCurrency');
  toCustomer(work, matter, 'goodwill', { amount, currency }, { kind: 'perk' });
  work.granted = [...recent, [now, amount] as const].slice(-mostGrants);
}

/** Asked only while no other case is open, and not of one that opened since. */
export function check(work: Work, key: string, inHand: CaseInHand): void {
  const { moment } = work;
  if (isBusy(work)) return;
  toCustomer(work, matterOf(key, inHand), 'check', {}, { restsOn: readFacts(moment, 'openCases') });
}
