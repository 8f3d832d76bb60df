import type { Difference } from './comparison.js';

/** Differences of one kind: how many, and the first of them. */
export interface Differences {
  /** Under this code's rules revision. */
  readonly own: number;
  /** Under this revision too, of customers whom another revision had left otherwise than this code does. */
  readonly consequences: number;
  /** By another rules revision. */
  readonly foreign: Readonly<Record<number, number>>;
  /** The first of those that count. */
  readonly examples: readonly Difference[];
  readonly foreignExamples: readonly Difference[];
}

const mostExamples = 1_000;

/** Tells differences that are failures from those that another rules revision explains. */
export class DifferenceCount {
  #own = 0;
  #consequences = 0;
  readonly #foreign: Record<number, number> = {};
  readonly #examples: Difference[] = [];
  readonly #foreignExamples: Difference[] = [];
  readonly #left = new Set<string>();

  /** `rules`: of this code. */
  add(difference: Difference, rules: number | undefined): void {
    const foreign = difference.rules !== rules;
    if (foreign) {
      this.#foreign[difference.rules] = (this.#foreign[difference.rules] ?? 0) + 1;
      this.#left.add(difference.customer);
    } else if (this.#left.has(difference.customer)) this.#consequences += 1;
    else this.#own += 1;
    const counts = !foreign && !this.#left.has(difference.customer);
    const examples = counts ? this.#examples : this.#foreignExamples;
    if (examples.length < mostExamples) examples.push(difference);
  }

  differences(): Differences {
    return {
      ...{ own: this.#own, consequences: this.#consequences, foreign: this.#foreign },
      ...{ examples: this.#examples, foreignExamples: this.#foreignExamples },
    };
  }
}
