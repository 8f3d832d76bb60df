import { wordsOf, monthOf, type Decided } from './decided.js';
import { pair, type SideIndex } from './sides.js';

/** What only one side has decided, as yet: as soon as the other decides the same in the same month, both are forgotten. */
interface Lone {
  readonly side: SideIndex;
  readonly decided: Decided[];
}

/** One customer's life on both sides, as far as it is compared. */
export class Life {
  value = 0;
  /** Time of the first event, ms; Infinity where the customer was known before the first. */
  since = Infinity;
  readonly stage: [string, string];
  readonly health: [string, string];
  readonly moves = pair();
  readonly requested = pair();
  readonly contacts = pair();
  readonly cost = pair();
  /** Times of leaving and coming back, in turns; ms. */
  readonly left: [number[], number[]] = [[], []];
  #lone: Map<string, Lone> | undefined;

  constructor(
    readonly customer: string,
    /** Where the customer stood before the first event. */
    readonly begun = 'exploration',
    health = 'well',
  ) {
    this.stage = [begun, begun];
    this.health = [health, health];
  }

  /** Something that both sides decided at once needs no comparing. */
  apart(side: SideIndex, decided: Decided): void {
    this.#lone ??= new Map();
    const key = `${wordsOf(decided)} ${monthOf(decided.at)}`;
    const known = this.#lone.get(key);
    if (!known) this.#lone.set(key, { side, decided: [decided] });
    else if (known.side === side) known.decided.push(decided);
    else if (known.decided.length > 1) known.decided.pop();
    else this.#lone.delete(key);
  }

  /** What one side alone has, in order of time. */
  only(side: SideIndex): readonly Decided[] {
    return [...(this.#lone?.values() ?? [])]
      .filter((lone) => lone.side === side)
      .flatMap(({ decided }) => decided)
      .sort((a, b) => a.at - b.at);
  }

  get differs(): boolean {
    return this.#lone !== undefined && this.#lone.size > 0;
  }
}
