import type { Bars, FlowMatrix, Lines, Reliability, Sankey, Shares } from './picture.js';
import type { Cell, NumberFormat } from './value.js';

/** What one HTML file tells. All text is plain text: nothing in it is read as HTML. */
export interface Report {
  readonly title: string;
  readonly subtitle?: string;
  /** What a reader must know before the first figure: shown on the first screen and on the first printed page. */
  readonly notice: string;
  /** The few figures that answer the question, on the first screen. */
  readonly figures?: readonly Figure[];
  readonly sections: readonly Section[];
  /** How the report was made, so that it can be made again: `['command', 'perennial replay …']`. */
  readonly origin?: readonly (readonly [what: string, value: string])[];
}

export interface Figure {
  readonly label: string;
  readonly value: Cell;
  readonly format?: NumberFormat;
  /** What it is compared with, or how it is counted. */
  readonly note?: string;
}

export interface Section {
  readonly heading: string;
  /** Paragraphs are parted by an empty line. */
  readonly text?: string;
  readonly content: readonly Content[];
}

/** Each picture is drawn as SVG, with the same data in a table below it. */
export type Content = Table | Comparisons | Sankey | FlowMatrix | Lines | Shares | Bars | Reliability;

export interface Table {
  readonly kind: 'table';
  readonly title?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Said below the table: what was left out, what a column means. */
  readonly note?: string;
}

export interface Column {
  readonly label: string;
  /** How its numbers are written; a column without it is text, set left. */
  readonly format?: NumberFormat;
}

/** Subjects with what happened to them on two sides: customers who differ, with the reasons. */
export interface Comparisons {
  readonly kind: 'comparisons';
  readonly title: string;
  readonly sides: readonly [left: string, right: string];
  readonly items: readonly {
    readonly name: string;
    readonly summary: string;
    readonly left: readonly string[];
    readonly right: readonly string[];
  }[];
  readonly note?: string;
}
