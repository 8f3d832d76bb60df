import type { Costs, CustomerState } from '#lifecycle';
import type { Heard, Hearer, RehearsedEvent, Side } from '#pipeline';
import { actionCells, moveCells, stageCells } from './cells.js';
import { monthOf, type Decided } from './decided.js';
import { decisionsOf } from './decisions.js';
import { MostDiffering, scoreOf } from './differing.js';
import { Life } from './life.js';
import { emptyPart, type CustomerRow, type Part } from './part.js';
import { against, candidate, type SideIndex } from './sides.js';

export interface CollectOptions {
  /** Decisions before this time, ms, are not counted. */
  readonly from: number;
  /** Each side's definition, `name@version`. */
  readonly labels: readonly [against: string, candidate: string];
  /** What each side's actions cost; both in one currency. */
  readonly costs: readonly [against: Costs | undefined, candidate: Costs | undefined];
  /** Orders in it make a customer's value. */
  readonly currency: string;
  /** How many of those who differ most are kept. */
  readonly top: number;
}

const bothSides: readonly SideIndex[] = [against, candidate];
const sidesOf: Readonly<Record<Side, readonly SideIndex[]>> = {
  against: [against],
  candidate: [candidate],
  both: bothSides,
};
const monthMs = (365.25 / 12) * 86_400_000;

/** Adds up what a rehearsal tells, customer by customer; what both sides decided alike is counted and forgotten. */
export class Collector implements Hearer {
  readonly #part: Part = emptyPart();
  readonly #lives = new Map<string, Life>();
  readonly #actions = actionCells();
  readonly #moves = moveCells();
  readonly #stages = stageCells();
  readonly #most: MostDiffering;

  constructor(private readonly options: CollectOptions) {
    this.#most = new MostDiffering(options.top);
  }

  /** A customer whom a snapshot knows before the first event. */
  begun({ id, stage, health }: CustomerState): void {
    this.#lives.set(id, new Life(id, stage, health));
  }

  event({ type, subject, at, data }: RehearsedEvent): void {
    const life = this.life(subject);
    life.since = Math.min(life.since, at);
    this.#part.events += 1;
    this.#part.from = Math.min(this.#part.from, at);
    this.#part.to = Math.max(this.#part.to, at);
    if (type !== 'order.completed.v1') return;
    const { total, currency } = data as { readonly total: number; readonly currency: string };
    if (currency === this.options.currency) life.value += total;
    else this.#part.foreignOrders += 1;
  }

  heard({ customer, side, advance, now }: Heard): void {
    const label = this.options.labels[side === 'candidate' ? candidate : against];
    for (const decided of decisionsOf(customer, advance, now, label)) this.decided(customer, side, decided);
  }

  broke(customer: string, side: Side, error: unknown): void {
    const { broken } = this.#part;
    for (const index of sidesOf[side]) broken.counts[index] += 1;
    broken.example ??= `${customer}: ${error instanceof Error ? error.message : String(error)}`;
  }

  decided(customer: string, side: Side, decided: Decided): void {
    const life = this.life(customer);
    const sides = sidesOf[side];
    if (decided.what === 'moved') this.#move(life, sides, decided);
    if (decided.at < this.options.from) return;
    this.#count(life, sides, decided);
    if (side !== 'both') for (const index of sides) life.apart(index, decided);
  }

  life(customer: string): Life {
    let life = this.#lives.get(customer);
    if (!life) {
      life = new Life(customer);
      this.#lives.set(customer, life);
    }
    return life;
  }

  /** Nothing more comes of this customer, who was followed until a time, ms. */
  finish(customer: string, until: number): void {
    const life = this.#lives.get(customer);
    if (!life) return;
    this.#lives.delete(customer);
    const month = monthOf(Number.isFinite(life.since) ? life.since : Math.min(this.#part.from, until));
    for (const index of bothSides) this.#stages.at(life.begun, month).change[index] += 1;
    this.#stay(life, until);
    const row = this.#rowOf(life);
    this.#part.customers.push(row);
    this.#most.note(life, row, life.differs || row.stageAgainst !== row.stageCandidate ? scoreOf(life) : 0);
  }

  async part(until: number): Promise<Part> {
    for (const customer of [...this.#lives.keys()]) this.finish(customer, until);
    return {
      ...this.#part,
      actions: this.#actions.all(),
      moves: this.#moves.all(),
      stages: this.#stages.all(),
      differing: await this.#most.told(),
    };
  }

  #move(
    life: Life,
    sides: readonly SideIndex[],
    { region, from, to, at }: Extract<Decided, { what: 'moved' }>,
  ): void {
    if (region === 'health') {
      for (const side of sides) life.health[side] = to;
      return;
    }
    const month = monthOf(at);
    const [gone, come] = [this.#stages.at(from, month).change, this.#stages.at(to, month).change];
    for (const side of sides) {
      life.stage[side] = to;
      gone[side] -= 1;
      come[side] += 1;
      if (from === 'dissolution' || to === 'dissolution') life.left[side].push(at);
    }
  }

  #count(life: Life, sides: readonly SideIndex[], decided: Decided): void {
    const month = monthOf(decided.at);
    if (decided.what === 'moved') {
      const { count } = this.#moves.at(decided.region, decided.from, decided.to, month);
      for (const side of sides) {
        count[side] += 1;
        life.moves[side] += 1;
      }
      return;
    }
    const { what, programme, kind, stage, audience } = decided;
    const counts = this.#actions.at(programme, kind, stage, month)[what];
    for (const side of sides) {
      counts[side] += 1;
      if (what === 'suppressed') continue;
      life.requested[side] += 1;
      life.cost[side] += this.options.costs[side]?.[kind] ?? 0;
      if (audience === 'customer') life.contacts[side] += 1;
    }
  }

  /** Months from the first event on in which the customer was followed, and had not left. */
  #stay({ since, left }: Life, until: number): void {
    const { followed, stayed } = this.#part.staying;
    const months = Math.floor((until - since) / monthMs);
    for (let month = 0; month <= months; month++) followed[month] = (followed[month] ?? 0) + 1;
    for (const side of bothSides) {
      const turns = left[side];
      for (let month = 0, turn = 0; month <= months; month++) {
        while (turn < turns.length && turns[turn]! <= since + month * monthMs) turn++;
        stayed[side][month] = (stayed[side][month] ?? 0) + (turn % 2 === 1 ? 0 : 1);
      }
    }
  }

  #rowOf(life: Life): CustomerRow {
    const lone = ([against, candidate] as const).map((side) => {
      let asked = 0;
      for (const it of life.only(side)) {
        if (it.what !== 'requested') continue;
        const cell = this.#actions.at(it.programme, it.kind, it.stage, monthOf(it.at));
        cell[side === candidate ? 'gained' : 'lost'] += 1;
        asked += 1;
      }
      return asked;
    });
    const { customer, stage, health, moves, requested, contacts, cost } = life;
    return {
      ...{ customer, value: cents(life.value) },
      ...{ stageAgainst: stage[against], stageCandidate: stage[candidate] },
      ...{ healthAgainst: health[against], healthCandidate: health[candidate] },
      ...{ movesAgainst: moves[against], movesCandidate: moves[candidate] },
      ...{ requestedAgainst: requested[against], requestedCandidate: requested[candidate] },
      ...{ gained: lone[candidate] ?? 0, lost: lone[against] ?? 0 },
      ...{ contactsAgainst: contacts[against], contactsCandidate: contacts[candidate] },
      ...{ costAgainst: cents(cost[against]), costCandidate: cents(cost[candidate]) },
    };
  }
}

const cents = (amount: number) => Math.round(amount * 100) / 100;
