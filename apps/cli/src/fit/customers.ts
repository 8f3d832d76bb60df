import type { InputEvent } from '#contracts';

/** All events of one customer, in order of time. */
export interface CustomerEvents {
  readonly customer: string;
  readonly events: readonly InputEvent[];
}

/** Where customers are read from; may be read more than once. */
export interface CustomerSource {
  /** For messages: the file or the topic. */
  readonly name: string;
  read(): AsyncIterable<CustomerEvents>;
}

/** Gathers events by customer, each customer's in order of time; those of one moment as they came. */
export function byCustomer(events: Iterable<InputEvent>): readonly CustomerEvents[] {
  const found = new Map<string, InputEvent[]>();
  for (const event of events) {
    const own = found.get(event.subject);
    if (own) own.push(event);
    else found.set(event.subject, [event]);
  }
  return [...found].map(([customer, own]) => ({ customer, events: own.sort((a, b) => a.at - b.at) }));
}
