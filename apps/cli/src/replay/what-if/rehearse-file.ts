import type { Twin } from '#lifecycle';
import { asLive, Rehearsal } from '#pipeline';
import { Collector, type CollectOptions } from './collector.js';
import type { FileCustomers } from './file-customers.js';
import type { Part } from './part.js';

/**
 * Customers of a file living under two definitions, as if the engine had been up all the time: every event and every timer
 * is judged at its own time. Customer by customer, so that nobody's state outlives the turn. No log and no store.
 */
export async function rehearseFile(
  { customers, end }: FileCustomers,
  twin: Twin,
  options: CollectOptions,
  progress: (share: number, events: number) => void,
): Promise<Part> {
  const collector = new Collector(options);
  const rehearsal = new Rehearsal(twin, collector, asLive);
  let done = 0;
  let folded = 0;
  for (const { customer, events } of customers) {
    for (const event of events) {
      collector.event(event);
      rehearsal.take(event, event.at);
    }
    rehearsal.end(customer, end);
    collector.finish(customer, end);
    done += 1;
    folded += events.length;
    if (done % 200 === 0) progress(done / customers.length, folded);
  }
  return collector.part(end);
}
