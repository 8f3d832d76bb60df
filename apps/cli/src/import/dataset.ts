import type { RowProblem } from './rows.js';

/** An event as a row of a file states it. `at` is event time in ms. */
export interface ImportedEvent {
  /** A pure function of file and row. */
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Files of a known kind as events, roughly in order of event time. */
export interface Dataset {
  readonly name: string;
  /** CloudEvents source of all its events. */
  readonly source: string;
  /** The files read, for the ledger's content hash. */
  readonly files: readonly string[];
  /** End of the period that the data cover, ms. */
  readonly end: number;
  /** IANA zone of the people in it. */
  readonly zone: string;
  /** Bad rows go to `reject` and are left out. @throws Failure when a file is not of this kind. */
  events(reject: (problem: RowProblem) => void): AsyncIterable<ImportedEvent>;
}
