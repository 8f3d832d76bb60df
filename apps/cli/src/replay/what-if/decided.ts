import type { Costs } from '#lifecycle';
import type { RecordedOutput } from '../../inspect/why/recorded-outputs.js';

/** What was decided about a customer, as far as it is compared. */
export type Decided = Moved | Asked;

interface Common {
  /** Event time of a move, recorded clock of an action; ms. */
  readonly at: number;
  /** Where the customer stood after it, on its own side. */
  readonly stage: string;
  /** For whoever asks why. */
  readonly output: () => RecordedOutput | Promise<RecordedOutput>;
}

export interface Moved extends Common {
  readonly what: 'moved';
  readonly region: string;
  readonly from: string;
  readonly to: string;
}

export interface Asked extends Common {
  readonly what: 'requested' | 'suppressed';
  readonly programme: string;
  readonly kind: keyof Omit<Costs, 'currency'>;
  readonly template: string;
  readonly channel: string;
  readonly audience: string;
}

/** Two are the same where these words are, on the two sides and in one month. */
export const wordsOf = (it: Decided): string =>
  it.what === 'moved'
    ? `moved ${it.region} ${it.from} ${it.to}`
    : `${it.what} ${it.programme} ${it.kind} ${it.template} ${it.channel}`;

const dayMs = 86_400_000;
const months = new Map<number, string>();

/** Month of a moment, `yyyy-mm` in UTC. */
export function monthOf(at: number): string {
  const day = Math.floor(at / dayMs);
  let month = months.get(day);
  if (month === undefined) {
    month = new Date(at).toISOString().slice(0, 7);
    months.set(day, month);
  }
  return month;
}
