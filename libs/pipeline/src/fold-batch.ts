import { deadLetter, placement, reroute } from '#contracts';
import type { CustomerState, Lifecycle } from '#lifecycle';
import type { CustomerDocument } from './customer-store.port.js';
import type { OutboundRecord } from './event-log.port.js';
import { orderRecord, type BatchCounts, type BatchPlan } from './order-record.js';
import { outputsOf } from './outputs.js';
import { Tally } from './tally.js';
import type { Located } from './topic-buffer.js';

export interface FoldContext {
  readonly lifecycle: Lifecycle;
  readonly group: string;
  readonly partition: number;
  readonly partitions: number;
  /** Prefix of every topic's name. */
  readonly prefix: string;
}

export interface FoldedBatch {
  /** Documents whose state changed, each with this batch's outputs. */
  readonly documents: readonly CustomerDocument[];
  /** What the batch publishes besides: outputs of customers already written, dead letters, re-routed records, the order record. */
  readonly rest: readonly OutboundRecord[];
  readonly counts: BatchCounts;
  readonly tally: Tally;
  /** Customers on whose events the rules threw. */
  readonly broken: readonly { readonly customer: string; readonly error: unknown }[];
}

/** A later owner has written past this batch. */
export class OvertakenByOwner extends Error {
  constructor(
    readonly customer: string,
    readonly stored: number,
    readonly batch: number,
  ) {
    super(`customer ${customer} was written by batch ${stored}, this is batch ${batch}`);
  }
}

interface Working {
  state: CustomerState;
  readonly before: CustomerState;
  /** Folded by an earlier attempt at this very batch: its outputs stand in the document. */
  readonly done: boolean;
  readonly outputs: OutboundRecord[];
}

const DAY = 86_400_000;
const MESSAGE_OF = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Customers that the batch's records name. */
export function customersOf(batch: readonly Located[]): string[] {
  const ids = new Set<string>();
  for (const { decoded } of batch) if (decoded.ok) ids.add(decoded.event.subject);
  return [...ids];
}

/** Folding order: event time, then topic, then offset. Records without a time come first. */
export function foldingOrder(batch: readonly Located[], topics: readonly string[]): Located[] {
  const rank = new Map(topics.map((t, i) => [t, i]));
  const topicOf = (l: Located) => rank.get(l.record.topic) ?? topics.length;
  return [...batch].sort(
    (a, b) => a.at - b.at || topicOf(a) - topicOf(b) || a.record.offset - b.record.offset,
  );
}

/**
 * Folds one batch. Pure: the same records, documents and plan give the same records and documents, so that a batch in
 * doubt can be done again. `ordered` is in folding order.
 */
export function foldBatch(
  ordered: readonly Located[],
  documents: ReadonlyMap<string, CustomerDocument>,
  plan: BatchPlan,
  context: FoldContext,
): FoldedBatch {
  const { lifecycle, partition } = context;
  const working = new Map<string, Working>();
  const loose: OutboundRecord[] = [];
  const tally = new Tally();
  const broken: { customer: string; error: unknown }[] = [];
  const counts = {
    ...{ records: ordered.length, events: 0, timers: 0, duplicates: 0 },
    ...{ late: 0, deadLetters: 0, rerouted: 0 },
  };

  const reject = (item: Located, stage: string, errorClass: string, message: string) => {
    counts.deadLetters++;
    tally.deadLetter(errorClass);
    return deadLetter(item.record, {
      group: context.group,
      stage,
      errorClass,
      message,
      attempts: 1,
      failedAt: plan.now,
    });
  };

  for (const item of ordered) {
    if (!item.decoded.ok) {
      loose.push(reject(item, 'decode', item.decoded.errorClass, item.decoded.message));
      continue;
    }
    const { event } = item.decoded;
    if (event.at > plan.now + DAY) {
      loose.push(
        reject(item, 'decode', 'time', `time: ${iso(event.at)} is more than a day ahead of ${iso(plan.now)}`),
      );
      continue;
    }
    const place = placement(item.record, event.subject, context.partitions);
    if (!place.home) {
      counts.rerouted++;
      loose.push(reroute(item.record, event.subject, place.partition, context.prefix));
      continue;
    }
    const customer = open(working, documents, event.subject, plan.number, lifecycle);
    if (customer.done) continue;
    try {
      const advance = lifecycle.advance(customer.state, event, plan.now, plan.brakes);
      customer.state = advance.customer;
      tally.decided(event.subject, advance);
      if (advance.duplicate) counts.duplicates++;
      else if (event.type === 'timer.due.v1') counts.timers++;
      else counts.events++;
      if (advance.late) counts.late++;
      customer.outputs.push(...outputsOf(event.subject, advance, plan.now, context));
    } catch (error) {
      broken.push({ customer: event.subject, error });
      customer.outputs.push(reject(item, 'fold', 'fold', MESSAGE_OF(error)));
    }
  }

  const changed: CustomerDocument[] = [];
  const rest: OutboundRecord[] = [];
  let outputs = loose.length;
  for (const [id, customer] of working) {
    outputs += customer.outputs.length;
    if (!customer.done && customer.state !== customer.before)
      changed.push({ id, partition, batch: plan.number, state: customer.state, outputs: customer.outputs });
    else rest.push(...customer.outputs);
  }
  rest.push(
    ...loose,
    orderRecord(plan, context, { records: counts.records, rerouted: counts.rerouted, outputs }),
  );
  return { documents: changed, rest, counts: { ...counts, outputs }, tally, broken };
}

function open(
  working: Map<string, Working>,
  documents: ReadonlyMap<string, CustomerDocument>,
  id: string,
  batch: number,
  lifecycle: Lifecycle,
): Working {
  const known = working.get(id);
  if (known) return known;
  const document = documents.get(id);
  if (document && document.batch > batch) throw new OvertakenByOwner(id, document.batch, batch);
  const done = document?.batch === batch;
  const state = document?.state ?? lifecycle.begin(id);
  const fresh: Working = {
    state,
    before: state,
    done,
    outputs: done ? [...document.outputs] : [],
  };
  working.set(id, fresh);
  return fresh;
}

const iso = (ms: number) =>
  Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : String(ms);
