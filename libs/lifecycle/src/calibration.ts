import { stages, type InputEvent } from '#contracts';
import type { CustomerState, Lifecycle, Stage, Transition } from './types.js';

/** One customer's transitions over a stretch of time, in order. Times in ms. */
export interface Life {
  readonly customer: string;
  /** The first event; before it the customer is not counted. */
  readonly from: number;
  readonly transitions: readonly Transition[];
  /** When actions were asked for; a purchase after one is not unaided. */
  readonly contactedAt?: readonly number[];
}

/** How a definition fits a set of customers: what a manager looks at before changing a threshold. */
export interface Calibration {
  readonly customers: number;
  /** Customers by stage at the date asked for. */
  readonly stages: Readonly<Record<Stage, number>>;
  /** Customers who were in the stage at any time. */
  readonly visited: Readonly<Record<Stage, number>>;
  readonly stageChanges: number;
  /** Share of stage changes taken back within 14 days, 0 to 1. */
  readonly reversed: number;
  readonly atRiskEpisodes: number;
  readonly episodesPerCustomerYear: number;
  /** Share of episodes ended within 14 days by a purchase that nobody asked for, 0 to 1. */
  readonly unaided: number;
}

const day = 86_400_000;
const soon = 14 * day;

/**
 * A customer's whole life under one definition: the events, in order of time, and the timers that fall due until `until`
 * (ms). `now` is the clock of every verdict.
 */
export function lifeOf(
  lifecycle: Lifecycle,
  customer: string,
  events: readonly InputEvent[],
  until: number,
  now = until,
): Life & { readonly state: CustomerState } {
  let state = lifecycle.begin(customer);
  const transitions: Transition[] = [];
  const take = (event: InputEvent) => {
    const done = lifecycle.advance(state, event, now);
    state = done.customer;
    transitions.push(...done.transitions);
  };
  for (const event of events) take(event);
  for (let next = state.timers[0]; next && next.due <= until; next = state.timers[0]) {
    const data = { name: next.name, due: new Date(next.due).toISOString() };
    take({ id: '', source: '', type: 'timer.due.v1', subject: customer, at: next.due, data });
  }
  return { customer, from: events[0]?.at ?? until, transitions, state };
}

/** The stage at a time (ms); undefined before the customer's first event. */
export function stageAt({ from, transitions }: Life, at: number): Stage | undefined {
  if (from > at) return undefined;
  let stage: string = stages[0];
  for (const move of transitions) if (move.region === 'stage' && move.at <= at) stage = move.to;
  return stage as Stage;
}

/** Figures of many lives between `from` and `until`, with the stage table of the date `at` (all ms). */
export function calibrate(
  lives: Iterable<Life>,
  { at, from, until }: { readonly at: number; readonly from: number; readonly until: number },
): Calibration {
  const table = tableOf(() => 0);
  const visitors = tableOf(() => new Set<string>());
  let customers = 0;
  let stageChanges = 0;
  let reversed = 0;
  let episodes = 0;
  let unaided = 0;
  for (const life of lives) {
    customers++;
    const stage = stageAt(life, at);
    if (stage) table[stage]++;
    visitors[stages[0]].add(life.customer);
    const moves = life.transitions.filter((move) => move.region === 'stage');
    for (const [i, move] of moves.entries()) {
      visitors[move.to as Stage].add(life.customer);
      const before = moves[i - 1];
      if (before && before.from === move.to && move.at - before.at <= soon) reversed++;
    }
    stageChanges += moves.length;
    const healths = life.transitions.filter((move) => move.region === 'health');
    for (const [i, move] of healths.entries()) {
      if (move.to !== 'atRisk') continue;
      episodes++;
      if (endedUnaided(move, healths[i + 1], life.contactedAt ?? [])) unaided++;
    }
  }
  const years = (until - from) / (365 * day);
  return {
    customers,
    stages: table,
    visited: tableOf((stage) => visitors[stage].size),
    stageChanges,
    reversed: share(reversed, stageChanges),
    atRiskEpisodes: episodes,
    episodesPerCustomerYear: share(episodes, customers * years),
    unaided: share(unaided, episodes),
  };
}

/** The trade's usual gap, for a definition's `cycle`: the median of the customers' own mean gaps, days. */
export function usualCycle(gapMeans: readonly number[]): number | undefined {
  const sorted = [...gapMeans].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function endedUnaided(
  begin: Transition,
  end: Transition | undefined,
  contactedAt: readonly number[],
): boolean {
  if (!end || end.at - begin.at > soon || end.evidence.facts['lastPurchaseAt'] !== end.at) return false;
  return !contactedAt.some((at) => at >= begin.at && at <= end.at);
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

const tableOf = <T>(value: (stage: Stage) => T): Record<Stage, T> =>
  Object.fromEntries(stages.map((stage) => [stage, value(stage)])) as Record<Stage, T>;
