import { effectOf, type Effect, type Estimate, type Outcome } from '#analysis';
import type { Action, Definition } from '#lifecycle';
import type { PurchaseDays } from '../../fit/purchases.js';

/** An action that was requested or suppressed. `at`: the clock of its verdict, ms. */
export interface Decided extends Pick<Action, 'programme' | 'kind' | 'purpose'> {
  readonly customer: string;
  readonly at: number;
  /** Why it was suppressed; absent where it was requested. */
  readonly reason?: string;
}

export interface ProgrammeEffect extends Effect {
  readonly programme: string;
  /** Mean outlay for a treated customer; absent where the definition states no costs. */
  readonly costEach?: number | undefined;
  /** Outlay for each customer who came back because of it; absent where none did for sure. */
  readonly costPerRetained?: Estimate | undefined;
}

/** One customer of one programme: held out or not at the first action that nothing else stood in the way of. */
interface Entry {
  readonly treated: boolean;
  readonly at: number;
  cost: number;
}

const day = 86_400_000;

/**
 * Treated and held-out customers of each programme, from the first action that was requested or withheld for control: the lot is
 * drawn last, so that both groups had passed consent, caps and quiet hours. Transactional actions have no control group.
 */
export class Trials {
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #outcomes = new Map<
    string,
    { readonly treated: Outcome[]; readonly control: Outcome[]; cost: number }
  >();

  constructor(
    /** Days after the entry that are looked at. */
    private readonly within: number,
    private readonly money: Pick<Definition, 'costs' | 'acquisitionCost'>,
  ) {}

  /** In any order of customers, each one's in order of time. */
  decided({ customer, programme, kind, purpose, at, reason }: Decided): void {
    if (purpose === 'transactional' || (reason !== undefined && reason !== 'control')) return;
    const own = this.#entries.get(customer) ?? new Map<string, Entry>();
    this.#entries.set(customer, own);
    const entry = own.get(programme) ?? { treated: reason === undefined, at, cost: 0 };
    own.set(programme, entry);
    if (reason === undefined && at <= entry.at + this.within * day)
      entry.cost += this.money.costs?.[kind] ?? 0;
  }

  /** What a customer bought, by day. Whoever cannot be watched long enough by the end of day `last` is left out. */
  customer(
    customer: string,
    days: PurchaseDays,
    { calendar, last }: { readonly calendar: { day(at: number): number }; readonly last: number },
  ): void {
    for (const [programme, { treated, at, cost }] of this.#entries.get(customer) ?? []) {
      const begin = calendar.day(at);
      if (begin + this.within > last) continue;
      const bought = [...days].filter(([it]) => it > begin && it <= begin + this.within);
      const groups = this.#outcomes.get(programme) ?? { treated: [], control: [], cost: 0 };
      this.#outcomes.set(programme, groups);
      groups[treated ? 'treated' : 'control'].push({
        returned: bought.length > 0,
        spend: bought.reduce((sum, [, value]) => sum + value, 0),
      });
      if (treated) groups.cost += cost;
    }
  }

  /** Whether any action was told. */
  get empty(): boolean {
    return this.#entries.size === 0;
  }

  /** By programme, in alphabetical order. */
  effects(detect: number): readonly ProgrammeEffect[] {
    return [...this.#outcomes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([programme, { treated, control, cost }]) => {
        const effect = effectOf(treated, control, { detect });
        const costEach = this.money.costs && treated.length > 0 ? cost / treated.length : undefined;
        return { programme, ...effect, costEach, costPerRetained: perRetained(effect, costEach) };
      });
  }
}

function perRetained({ verdict, repeatRate }: Effect, costEach: number | undefined): Estimate | undefined {
  if (verdict !== 'retains' || costEach === undefined) return undefined;
  const { value, low, high } = repeatRate;
  return { value: costEach / value, low: costEach / high, high: costEach / low };
}
