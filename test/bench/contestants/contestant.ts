import type { Admin } from 'kafkajs';
import type { EventLog } from '#pipeline';
import type { Measured } from '../measure/process.js';

/** What all contestants of a run stand on. */
export interface Ground {
  readonly brokers: string;
  /** In front of the input topics' names. */
  readonly prefix: string;
  readonly admin: Admin;
  readonly log: EventLog;
}

/** One go of one contestant. */
export interface Go extends Ground {
  /** No other go has it; fit for names of groups and topics. */
  readonly id: string;
  /** A new folder of its own, removed by whoever made it. */
  readonly folder: string;
}

export interface Started extends Measured {
  readonly group: string;
  /** Topics that this go writes for others to read. */
  readonly outputs: readonly string[];
}

/** Somebody who does the job. */
export interface Contestant {
  readonly name: string;
  /** Starts its process, which joins its group by itself. */
  start(go: Go): Promise<Started>;
  /** After each go, with its process gone. */
  readonly cleanUp?: () => Promise<void>;
}
