import { figuresOf, type Figures } from './figures.js';
import type { ReportedAction, ReportedEvent } from './reported.js';

const hour = 3_600_000;

interface Case {
  readonly openedAt: number;
  acknowledgedAt?: number;
  resolvedAt?: number;
}

export interface RecoveryReport {
  readonly cases: number;
  readonly resolved: number;
  readonly escalated: number;
  readonly overdue: number;
  readonly reopened: number;
  readonly acknowledged: number;
  /** Hours from opening to acknowledgement, and to the last resolution; absent where there was none. */
  readonly hoursToAcknowledge?: Figures;
  readonly hoursToResolve?: Figures;
  /** Tasks by whom they went to and on which rung of the ladder; -1 is a specialist before it. */
  readonly tasks: readonly { readonly rung: number; readonly audience: string; readonly count: number }[];
  /** Actions of the programme by template, suppressed ones apart. */
  readonly actions: readonly {
    readonly template: string;
    readonly requested: number;
    readonly suppressed: number;
  }[];
  readonly goodwill: { readonly grants: number; readonly amounts: Readonly<Record<string, number>> };
}

/** What became of cases, and what recovery did for them. Holds one entry per case. */
export class RecoveryTable {
  readonly #cases = new Map<string, Case>();
  readonly #events = { escalated: 0, overdue: 0, reopened: 0 };
  readonly #tasks = new Map<string, { rung: number; audience: string; count: number }>();
  readonly #actions = new Map<string, { template: string; requested: number; suppressed: number }>();
  readonly #amounts = new Map<string, number>();
  #grants = 0;

  /** Support events, before or between the actions. */
  event({ type, customer, at, data }: ReportedEvent): void {
    const known = this.#cases.get(keyOf(customer, data));
    switch (type) {
      case 'case.opened.v1':
        if (!known) this.#cases.set(keyOf(customer, data), { openedAt: at });
        return;
      case 'case.resolved.v1':
        if (known) known.resolvedAt = Math.max(at, known.resolvedAt ?? 0);
        return;
      case 'case.escalated.v1':
        this.#events.escalated++;
        return;
      case 'case.overdue.v1':
        this.#events.overdue++;
        return;
      case 'case.reopened.v1':
        this.#events.reopened++;
        return;
    }
  }

  action({ programme, template, customer, audience, variables, at, reason }: ReportedAction): void {
    if (programme !== 'recovery') return;
    const row = this.#actions.get(template) ?? { template, requested: 0, suppressed: 0 };
    this.#actions.set(template, row);
    if (reason !== undefined) return void row.suppressed++;
    row.requested++;
    const concerned = this.#cases.get(keyOf(customer, variables));
    if (template === 'recovery.acknowledgement' && concerned) concerned.acknowledgedAt ??= at;
    if (template === 'recovery.task') this.#task(Number(variables['rung']), audience);
    if (template === 'recovery.goodwill') this.#grant(variables);
  }

  report(): RecoveryReport {
    const cases = [...this.#cases.values()];
    const hoursTo = (end: 'acknowledgedAt' | 'resolvedAt') =>
      cases.flatMap(({ openedAt, [end]: at }) => (at === undefined ? [] : [(at - openedAt) / hour]));
    const [acknowledged, resolved] = [hoursTo('acknowledgedAt'), hoursTo('resolvedAt')];
    const [toAcknowledge, toResolve] = [figuresOf(acknowledged), figuresOf(resolved)];
    return {
      cases: cases.length,
      resolved: resolved.length,
      ...this.#events,
      acknowledged: acknowledged.length,
      ...(toAcknowledge && { hoursToAcknowledge: toAcknowledge }),
      ...(toResolve && { hoursToResolve: toResolve }),
      tasks: [...this.#tasks.values()].sort((a, b) => a.rung - b.rung || b.count - a.count),
      actions: [...this.#actions.values()].sort((a, b) => (a.template < b.template ? -1 : 1)),
      goodwill: {
        grants: this.#grants,
        amounts: Object.fromEntries(
          [...this.#amounts].map(([c, amount]) => [c, Math.round(amount * 100) / 100]),
        ),
      },
    };
  }

  #task(rung: number, audience: string): void {
    const key = `${rung} ${audience}`;
    const row = this.#tasks.get(key) ?? { rung, audience, count: 0 };
    row.count++;
    this.#tasks.set(key, row);
  }

  #grant({ amount, currency }: ReportedAction['variables']): void {
    const of = String(currency);
    this.#grants++;
    this.#amounts.set(of, (this.#amounts.get(of) ?? 0) + Number(amount));
  }
}

const keyOf = (customer: string, { caseId }: ReportedEvent['data']) => `${customer} ${String(caseId)}`;
