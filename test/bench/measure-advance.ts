import { bundledDefinition, createLifecycle, loadDefinition, type CustomerState } from '#lifecycle';
import type { Year } from './carried-year.js';
import { inTurns, quantile, type Rate } from './rounds.js';

export interface Measured {
  readonly advance: Rate;
  readonly jsonParse: Rate;
  /** Of the medians: events folded in the time in which one is parsed. */
  readonly ratio: number;
  readonly events: number;
  readonly customers: number;
  /** Of a customer's state as JSON, after the year. */
  readonly stateBytes: { readonly median: number; readonly p99: number; readonly max: number };
}

/**
 * Folds the year from nothing with the bundled definition, live: the clock is the event's own time. A customer's timers
 * fire when the next event comes; no scheduler brings those of silent ones.
 */
export function measureAdvance(
  { events, texts }: Year,
  rounds: number,
  said: (round: number) => void,
): Measured {
  const lifecycle = createLifecycle(loadDefinition(bundledDefinition()));
  let customers = new Map<string, CustomerState>();
  const advance = () => {
    customers = new Map();
    for (const event of events) {
      const { subject } = event;
      const customer = customers.get(subject) ?? lifecycle.begin(subject);
      customers.set(subject, lifecycle.advance(customer, event, event.at).customer);
    }
  };
  const jsonParse = () => {
    for (const text of texts) JSON.parse(text);
  };
  const rates = inTurns({ advance, jsonParse }, { rounds, events: events.length, said });
  const sizes = [...customers.values()]
    .map((customer) => Buffer.byteLength(JSON.stringify(customer)))
    .sort((a, b) => a - b);
  return {
    ...rates,
    ratio: rates.advance.median / rates.jsonParse.median,
    events: events.length,
    customers: sizes.length,
    stateBytes: { median: quantile(sizes, 0.5), p99: quantile(sizes, 0.99), max: sizes.at(-1) ?? 0 },
  };
}
