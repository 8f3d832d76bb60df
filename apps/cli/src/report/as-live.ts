import { hashId } from '#contracts';
import { createLifecycle, LiveCustomer, type Definition, type Told } from '#lifecycle';
import type { Dataset, ImportedEvent } from '../import/dataset.js';
import { madeUpPerson } from '../import/made-up-people.js';
import type { RowProblem } from '../import/rows.js';
import { Report, type Period } from './report.js';

/**
 * The report of a data set as if the engine had been up all the time: every event and timer is judged at its own time, so that
 * nothing is too late to be said. No log and no store: each customer lives through advance(). The data record no consent: a
 * share of the customers, drawn by a hash of the id, has opted in to e-mail (marketing and surveys) before the first event.
 */
export async function reportAsLive(
  dataset: Dataset,
  definition: Definition,
  { optIn, period }: { readonly optIn: number; readonly period: Period },
  reject: (problem: RowProblem) => void,
): Promise<Report> {
  const lifecycle = createLifecycle(definition);
  const report = new Report(definition, period, new Set());
  const customers = new Map<string, LiveCustomer>();
  const note = (customer: string, { transitions, actions, suppressed, now }: Told) => {
    for (const { at } of transitions) report.transition(customer, at);
    for (const action of actions) report.action({ ...action, customer, at: now });
    for (const { action, reason } of suppressed) report.action({ ...action, customer, at: now, reason });
  };
  const take = (customer: LiveCustomer, event: ImportedEvent) => {
    for (const told of customer.ring(event.at)) note(customer.id, told);
    note(customer.id, customer.take({ ...event, source: dataset.source }));
  };
  for await (const event of dataset.events(reject)) {
    const known = customers.get(event.subject);
    const customer = known ?? new LiveCustomer(lifecycle, event.subject);
    customers.set(event.subject, customer);
    const person = known ? [] : madeUpPerson(event, dataset.name, dataset.zone);
    for (const about of person)
      if (about.type === 'profile.updated.v1' || drawn(event.subject, optIn)) take(customer, about);
    report.event({ ...event, customer: event.subject });
    report.seen(event.subject, event.at);
    take(customer, event);
  }
  for (const customer of customers.values())
    for (const told of customer.ring(dataset.end)) note(customer.id, told);
  return report;
}

/** Whether this customer belongs to so large a share (0 to 1); the same for ever. */
const drawn = (customer: string, share: number) =>
  parseInt(hashId('opt-in', customer).slice(0, 12), 16) / 2 ** 48 < share;
