import {
  homePartition,
  inputTopics,
  isInputType,
  parseTime,
  validateData,
  type InputEvent,
} from '#contracts';
import type { Brakes, CustomerState } from '#lifecycle';
import type { LogRecord } from '#pipeline';
import { lifecycleOf } from './definitions.js';
import type { Held } from './held.js';

interface Order {
  readonly number: number;
  readonly now: string;
  readonly watermark: string;
  readonly definition: { readonly version: number; readonly hash: string };
  readonly brakes?: Brakes;
  readonly slices: Readonly<Record<string, readonly [from: number, to: number]>>;
}

/** What the inputs and the recorded order of one partition come to, worked out without the pipeline. */
export interface Refold {
  readonly batches: number;
  /** Of the last batch, ms. */
  readonly watermark: number;
  readonly covered: Readonly<Record<string, number>>;
  readonly states: ReadonlyMap<string, CustomerState>;
  /** `TOPIC SUBJECT n ID`. */
  readonly outputs: readonly string[];
  /** `TOPIC/PARTITION/OFFSET`. */
  readonly letters: readonly string[];
  /** Values of the records that belong to another partition. */
  readonly strays: readonly string[];
  readonly broken: readonly string[];
}

const day = 86_400_000;
/** What the engine itself publishes to its inbox: known by more than its identity. */
const internal = ['/perennial/timers', '/perennial/fan-outs'];

export function refold(held: Held, partition: number): Refold {
  const covered: Record<string, number> = {};
  const states = new Map<string, CustomerState>();
  const outputs: string[] = [];
  const letters: string[] = [];
  const strays: string[] = [];
  const broken: string[] = [];
  const counts = new Map<string, number>();
  const folded = new Set<string>();
  const put = (topic: string, subject: string, id: string) => {
    const n = (counts.get(`${topic} ${subject}`) ?? 0) + 1;
    counts.set(`${topic} ${subject}`, n);
    outputs.push(`${topic} ${subject} ${n} ${id}`);
  };
  const orders = held.records('lifecycle.order.v1', partition).map(orderOf);
  let last: Order | undefined;
  for (const [n, order] of orders.entries()) {
    if (order.number !== n + 1)
      broken.push(`partition ${partition}: batch ${order.number} stands at ${n + 1}`);
    broken.push(...wentBack(partition, last, order));
    last = order;
    const now = Date.parse(order.now);
    const lifecycle = lifecycleOf(order.definition.hash);
    const batch: { record: LogRecord; at: number; rank: number; event: InputEvent | undefined }[] = [];
    for (const [topic, [from, to]] of Object.entries(order.slices)) {
      if (from !== (covered[topic] ?? 0))
        broken.push(
          `${topic}/${partition}: batch ${order.number} begins at ${from}, not at ${covered[topic] ?? 0}`,
        );
      covered[topic] = to;
      for (const record of held.records(topic, partition).slice(from, to)) {
        const event = eventOf(record);
        const rank = (inputTopics as readonly string[]).indexOf(topic);
        batch.push({ record, event, rank, at: event?.at ?? -Infinity });
      }
    }
    batch.sort((a, b) => a.at - b.at || a.rank - b.rank || a.record.offset - b.record.offset);
    for (const { record, event } of batch) {
      if (!event || event.at > now + day) {
        letters.push(`${record.topic}/${record.partition}/${record.offset}`);
        continue;
      }
      if (homePartition(event.subject, held.partitions) !== partition) {
        strays.push(record.value!.toString());
        continue;
      }
      const before = states.get(event.subject) ?? lifecycle.begin(event.subject);
      const advance = lifecycle.advance(before, event, now, order.brakes);
      states.set(event.subject, advance.customer);
      if (before.erased === undefined && !internal.includes(event.source)) {
        const identity = `${event.subject} ${event.source} ${event.id}`;
        if (advance.duplicate !== folded.has(identity))
          broken.push(`${identity} is ${advance.duplicate ? 'dropped, and is new' : 'folded twice'}`);
        folded.add(identity);
      }
      if (advance.migration) put('lifecycle.transitions.v1', event.subject, advance.migration.id);
      for (const { id } of advance.transitions) put('lifecycle.transitions.v1', event.subject, id);
      for (const { type, subject, id } of advance.records)
        if (type === 'product.signalled.v1') put('quality.signals.v1', subject, id);
        else if (!type.startsWith('referral.')) put('loyalty.ledger.v1', subject, id);
      for (const { actionId } of advance.actions) put('retention.actions.v1', event.subject, actionId);
      for (const { action } of advance.suppressed)
        put('retention.actions.v1', event.subject, `${action.actionId}-suppressed`);
    }
  }
  const watermark = last ? Date.parse(last.watermark) : -Infinity;
  return { batches: orders.length, watermark, covered, states, outputs, letters, strays, broken };
}

/** Neither the watermark nor the definition of a partition goes back. */
function* wentBack(partition: number, last: Order | undefined, order: Order): Generator<string> {
  if (!last) return;
  if (Date.parse(order.watermark) < Date.parse(last.watermark))
    yield `partition ${partition}: the watermark of batch ${order.number} went back from ${last.watermark} to ${order.watermark}`;
  if (order.definition.version < last.definition.version)
    yield `partition ${partition}: batch ${order.number} went back to version ${order.definition.version}`;
}

function orderOf({ value }: LogRecord): Order {
  const { data } = JSON.parse(value!.toString()) as { data: Order };
  return data;
}

/** The event of a record, or undefined where it has none that is accepted. */
function eventOf({ value }: LogRecord): InputEvent | undefined {
  try {
    const { id, source, type, subject, time, data } = JSON.parse(value!.toString()) as Record<string, string>;
    const at = parseTime(time ?? '');
    if (!id || !source || !type || !subject || at === undefined || !isInputType(type)) return undefined;
    if (validateData(type, data)) return undefined;
    return { id, source, type, subject, at, data };
  } catch {
    return undefined;
  }
}
