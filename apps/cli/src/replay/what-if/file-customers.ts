import type { InputEvent } from '#contracts';
import { byCustomer, type CustomerEvents } from '../../fit/customers.js';
import { fileSource } from '../../fit/read-file.js';
import { cdnow } from '../../import/cdnow.js';
import { completeJourney } from '../../import/complete-journey.js';
import type { Dataset } from '../../import/dataset.js';
import { madeUpPerson } from '../../import/made-up-people.js';
import { Rejects } from '../../import/rejects.js';
import { Failure } from '../../failure.js';
import type { Terminal } from '../../terminal.js';
import type { FileKind } from '../file-kinds.js';

export interface FileRequest {
  readonly path: string;
  readonly kind: FileKind;
  /** In which a day's noon is. */
  readonly zone: string;
  /** Put an address and opt-ins to e-mail before each customer's first event. */
  readonly assumeConsent: boolean;
  /** Events later than this, ms, are left out. */
  readonly until: number;
}

export interface FileCustomers {
  readonly customers: readonly CustomerEvents[];
  /** Until when they were followed, ms. */
  readonly end: number;
  readonly rejected: number;
}

/** The customers of a file with their events in order of time. @throws Failure naming file and what is allowed, or that nothing is in it. */
export async function fileCustomers(request: FileRequest, terminal: Terminal): Promise<FileCustomers> {
  const { path, kind, zone, until } = request;
  const rejects = new Rejects(terminal);
  const read =
    kind === 'purchases'
      ? { ...(await purchases(path, zone)), name: 'file' }
      : await gathered(datasets[kind](path, zone), rejects);
  const customers = read.customers
    .map(({ customer, events }) => ({ customer, events: events.filter(({ at }) => at <= until) }))
    .filter(({ events }) => events.length > 0);
  if (customers.length === 0)
    throw new Failure(`${path}: holds no event${Number.isFinite(until) ? ' by then' : ''}`);
  return {
    customers: request.assumeConsent ? customers.map((it) => withPerson(it, read.name, zone)) : customers,
    end: Math.min(read.end, until),
    rejected: rejects.count,
  };
}

const datasets: Readonly<Record<Exclude<FileKind, 'purchases'>, (path: string, zone: string) => Dataset>> = {
  cdnow,
  'complete-journey': completeJourney,
};

async function purchases(path: string, zone: string) {
  const customers: CustomerEvents[] = [];
  let end = -Infinity;
  for await (const one of fileSource(path, zone).read()) {
    customers.push(one);
    end = Math.max(end, one.events.at(-1)?.at ?? end);
  }
  return { customers, end };
}

async function gathered(dataset: Dataset, rejects: Rejects) {
  const { source } = dataset;
  const events: InputEvent[] = [];
  for await (const event of dataset.events(rejects.add)) events.push({ ...event, source });
  return { customers: byCustomer(events), end: dataset.end, name: dataset.name };
}

function withPerson({ customer, events }: CustomerEvents, name: string, zone: string): CustomerEvents {
  const [first] = events;
  if (!first) return { customer, events };
  const person = madeUpPerson({ ...first, data: {} }, name, zone);
  return { customer, events: [...person.map((event) => ({ ...event, source: first.source })), ...events] };
}
