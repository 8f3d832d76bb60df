/** Tells what was read lately, so that an upstream's duplicate is not counted; the oldest of 65,536 is forgotten first. */
export class RecentIdentities {
  readonly #seen = new Set<string>();

  constructor(private readonly most = 65_536) {}

  /** Whether it is new; from now on it is not. */
  isNew(identity: string): boolean {
    if (this.#seen.has(identity)) return false;
    this.#seen.add(identity);
    if (this.#seen.size > this.most) this.#seen.delete(this.#seen.values().next().value!);
    return true;
  }
}
