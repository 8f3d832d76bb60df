import type { Advance } from '#lifecycle';

/** What a batch decided, for whoever counts. Customers whom an earlier attempt had written are not in it. */
export class Tally {
  readonly deadLetters = new Map<string, number>();
  /** By `region from to`; where another definition was taken on, `definition from to`. */
  readonly transitions = new Map<string, number>();
  /** By `programme verdict`. */
  readonly actions = new Map<string, number>();

  /** Events folded that may be duplicates of what their customer's dedupe window has forgotten. */
  beyondWindow = 0;
  /** Events folded while that window was narrower than seven days. */
  narrowWindow = 0;

  /** What was left out of a customer's state or outputs to stay within bounds. */
  readonly cuts: { readonly customer: string; readonly what: string }[] = [];

  deadLetter(errorClass: string): void {
    add(this.deadLetters, errorClass);
  }

  decided(customer: string, advance: Advance): void {
    if (advance.beyondWindow) this.beyondWindow++;
    if (advance.narrowWindow) this.narrowWindow++;
    for (const what of advance.cut) this.cuts.push({ customer, what });
    if (advance.migration)
      add(this.transitions, `definition ${advance.migration.from} ${advance.migration.to}`);
    for (const { region, from, to } of advance.transitions) add(this.transitions, `${region} ${from} ${to}`);
    for (const { programme } of advance.actions) add(this.actions, `${programme} requested`);
    for (const { action } of advance.suppressed) add(this.actions, `${action.programme} suppressed`);
  }
}

const add = (counts: Map<string, number>, key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1);
