/** The colours of one scheme, as `#rrggbb`. */
export interface Scheme {
  readonly page: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly warning: string;
  /** Of names, by their slots. */
  readonly series: readonly string[];
}

export const light: Scheme = {
  page: '#ffffff',
  raised: '#f4f6f8',
  line: '#d5dbe2',
  text: '#1a222c',
  quiet: '#566272',
  accent: '#2a66b8',
  warning: '#8a5a00',
  series: ['#3b7dd8', '#0d8f8f', '#55922b', '#bf7509', '#b4475f', '#7d5bbe', '#7a6a58', '#58636f'],
};

export const dark: Scheme = {
  page: '#12171e',
  raised: '#1b222c',
  line: '#36404d',
  text: '#e6ebf1',
  quiet: '#a3afbd',
  accent: '#7fb2f5',
  warning: '#e8b65a',
  series: ['#6aa5f0', '#37bdbd', '#8cc860', '#e6a843', '#e27d93', '#ac90e6', '#b8a48c', '#9aa6b5'],
};

/** How strongly a cell of a matrix may be shaded with the accent, so that its text stays legible. */
export const strongestShade = 0.3;

/** Gives each name a colour: its own for the whole report, and no other name's within one picture while colours last. */
export class Colours {
  readonly #slots = new Map<string, number>();

  /** The classes (`c0` …) of a picture's names. */
  of(names: Iterable<string>): ReadonlyMap<string, string> {
    const all = [...new Set(names)];
    const taken = new Set(all.map((name) => this.#slots.get(name)));
    for (const [i, name] of all.entries()) {
      if (this.#slots.has(name)) continue;
      const free = light.series.findIndex((_, slot) => !taken.has(slot));
      const slot = free < 0 ? i % light.series.length : free;
      this.#slots.set(name, slot);
      taken.add(slot);
    }
    return new Map(all.map((name) => [name, `c${this.#slots.get(name) ?? 0}`]));
  }
}
