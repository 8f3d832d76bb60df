/** What the verifier found broken, by kind. */
export interface Findings {
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  readonly outOfOrder: readonly string[];
  /** Anything else that is not as it must be: a wrong fact, an output that nobody asked for, an offset. */
  readonly wrong: readonly string[];
}

export class Finder {
  readonly #found = {
    lost: [] as string[],
    duplicated: [] as string[],
    outOfOrder: [] as string[],
    wrong: [] as string[],
  };

  lost = (what: string) => void this.#found.lost.push(what);
  duplicated = (what: string) => void this.#found.duplicated.push(what);
  outOfOrder = (what: string) => void this.#found.outOfOrder.push(what);
  wrong = (what: string) => void this.#found.wrong.push(what);

  get findings(): Findings {
    return this.#found;
  }
}
