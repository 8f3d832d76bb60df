import type { ReportedAction } from './reported.js';

export interface ProgrammeRow {
  readonly programme: string;
  readonly requested: number;
  readonly suppressed: number;
  /** Suppressions by reason, most first. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Counts what each programme wished for and what became of it. */
export class ProgrammeTable {
  readonly #requested = new Map<string, number>();
  readonly #reasons = new Map<string, Map<string, number>>();

  take({ programme, reason }: ReportedAction): void {
    const reasons = this.#reasons.get(programme) ?? new Map<string, number>();
    this.#reasons.set(programme, reasons);
    if (reason === undefined) this.#requested.set(programme, (this.#requested.get(programme) ?? 0) + 1);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  /** By name. */
  rows(): ProgrammeRow[] {
    return [...this.#reasons]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([programme, reasons]) => ({
        programme,
        requested: this.#requested.get(programme) ?? 0,
        suppressed: [...reasons.values()].reduce((sum, count) => sum + count, 0),
        reasons: Object.fromEntries([...reasons].sort(([, a], [, b]) => b - a)),
      }));
  }
}
