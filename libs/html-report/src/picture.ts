import type { Interval, NumberFormat } from './value.js';

/**
 * What all pictures have. The names of series, stages and groups get their colours by their order of first appearance in the
 * whole report, so that a stage has the same colour in each picture.
 */
interface Picture {
  readonly title: string;
  /** What the picture shows, in a sentence, for those who cannot see it; also printed as its caption. */
  readonly description: string;
}

export interface Axis {
  readonly label: string;
  readonly format: NumberFormat;
}

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

/** From where to where: two columns of names, joined by bands as wide as their values. */
export interface Sankey extends Picture {
  readonly kind: 'sankey';
  readonly sides: readonly [from: string, to: string];
  readonly value: Axis;
  /** Order of the names on both sides, from above; a name that is not in it comes last. */
  readonly order: readonly string[];
  readonly flows: readonly Flow[];
}

/** The same flows as a table whose cells are shaded by value; the diagonal (nothing changed) is marked. */
export interface FlowMatrix extends Picture {
  readonly kind: 'flowMatrix';
  readonly sides: readonly [from: string, to: string];
  readonly value: Axis;
  readonly order: readonly string[];
  readonly flows: readonly Flow[];
}

export interface Lines extends Picture {
  readonly kind: 'lines';
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
}

export interface LineSeries {
  readonly name: string;
  /** In the order of `x`. `undefined` for y leaves a gap; bounds are drawn as a band. */
  readonly points: readonly {
    readonly x: number;
    readonly y: number | undefined;
    readonly low?: number;
    readonly high?: number;
  }[];
  /** Drawn with dashes: what is compared with. */
  readonly dashed?: boolean;
}

/** Parts of a whole over time, as stacked areas that fill 0 to 100 %. Values are counts; the shares are made of them. */
export interface Shares extends Picture {
  readonly kind: 'shares';
  readonly x: Axis;
  readonly value: Axis;
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** One for each value of every series. */
  readonly at: readonly number[];
}

/** Horizontal bars: one group for each category, one bar in it for each series, whiskers for intervals. */
export interface Bars extends Picture {
  readonly kind: 'bars';
  readonly value: Axis;
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    /** One for each category. */
    readonly values: readonly (number | Interval | undefined)[];
  }[];
}

/** Predicted against observed share, by bins of the prediction, with the diagonal on which a calibrated model lies. */
export interface Reliability extends Picture {
  readonly kind: 'reliability';
  readonly series: readonly {
    readonly name: string;
    readonly bins: readonly {
      readonly predicted: number;
      readonly observed: number | Interval;
      readonly count: number;
    }[];
  }[];
}
