import type { Finder } from './findings.js';
import type { Reading, Seen } from './reading.js';

/** Input topics in the order in which events of the same time are folded. */
export const inputs = [
  'purchase.events.v1',
  'support.events.v1',
  'engagement.events.v1',
  'profile.events.v1',
  'lifecycle.inbox.v1',
] as const;

export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Folded {
  readonly record: Seen;
  readonly event: Envelope;
  /** ms */
  readonly at: number;
}

interface Batch {
  readonly number: number;
  readonly slices: Readonly<Record<string, readonly [from: number, to: number]>>;
  readonly counts: { readonly records: number; readonly outputs: number };
}

export interface Sequence {
  /** The accepted events in the order in which they were folded, customer by customer. */
  readonly folded: ReadonlyMap<string, readonly Folded[]>;
  /** Records that are to be in a dead-letter topic. */
  readonly malformed: readonly Seen[];
  /** Records on a foreign partition, which are to come home through the inbox. */
  readonly strays: readonly Seen[];
  readonly batches: number;
  /** Records that the batches say they published. */
  readonly outputs: number;
}

/** Whether upstream broke this record on purpose; it says so in a header that the engine does not know. */
const isMalformed = (record: Seen) => record.headers['load-kind'] === 'malformed';

/**
 * What was folded, and in which order, as the published order records say: every input record in exactly one batch, batches without
 * a gap, the last one's end the group's offset and the topic's end.
 */
export function sequenceOf({ records, positions }: Reading, prefix: string, found: Finder): Sequence {
  const folded = new Map<string, Folded[]>();
  const malformed: Seen[] = [];
  const strays: Seen[] = [];
  const partitions = new Set(positions.map(({ partition }) => partition));
  let batches = 0;
  let outputs = 0;
  for (const partition of partitions) {
    const stock = new Map(
      inputs.map((topic) => [topic, (records.get(topic) ?? []).filter((it) => it.partition === partition)]),
    );
    const next = new Map<string, number>();
    const taken = new Map<string, number>();
    let number = 0;
    for (const order of records.get('lifecycle.order.v1') ?? []) {
      if (order.partition !== partition) continue;
      const batch = (JSON.parse(order.value) as { data: Batch }).data;
      batches++;
      outputs += batch.counts.outputs;
      if (batch.number <= number)
        found.duplicated(`partition ${partition}: batch ${batch.number} stands after ${number}`);
      if (batch.number > number + 1)
        found.lost(`partition ${partition}: batch ${batch.number} stands after ${number}`);
      number = batch.number;
      const members: (Folded & { rank: number })[] = [];
      let size = 0;
      for (const [name, [from, to]] of Object.entries(batch.slices)) {
        const topic = name.slice(prefix.length);
        const expected = next.get(topic) ?? 0;
        const where = `${topic}/${partition}: batch ${number}`;
        if (from < expected) found.duplicated(`${where} begins at ${from}, ${expected} was reached`);
        if (from > expected) found.lost(`${where} begins at ${from}, only ${expected} was reached`);
        next.set(topic, to);
        const all = stock.get(topic as (typeof inputs)[number]) ?? [];
        let at = taken.get(topic) ?? 0;
        for (; at < all.length && all[at]!.offset < to; at++) {
          const record = all[at]!;
          if (record.offset < from) found.lost(`${topic}/${partition}/${record.offset} is in no batch`);
          size++;
          if (isMalformed(record)) malformed.push(record);
          else if (record.home !== partition) strays.push(record);
          else {
            const event = JSON.parse(record.value) as Envelope;
            const rank = inputs.indexOf(topic as (typeof inputs)[number]);
            members.push({ record, event, at: Date.parse(event.time), rank });
          }
        }
        taken.set(topic, at);
      }
      if (size !== batch.counts.records)
        found.wrong(
          `partition ${partition}: batch ${number} counts ${batch.counts.records} records, its slices hold ${size}`,
        );
      members.sort((a, b) => a.at - b.at || a.rank - b.rank || a.record.offset - b.record.offset);
      for (const member of members) {
        const known = folded.get(member.event.subject);
        if (known) known.push(member);
        else folded.set(member.event.subject, [member]);
      }
    }
    for (const topic of inputs) {
      for (const { offset } of (stock.get(topic) ?? []).slice(taken.get(topic) ?? 0))
        found.lost(`${topic}/${partition}/${offset} is in no batch`);
      const position = positions.find((it) => it.topic === topic && it.partition === partition);
      const last = stock.get(topic)?.at(-1)?.offset ?? -1;
      const reached = next.get(topic) ?? 0;
      const { committed = -1, end = 0 } = position ?? {};
      if (committed !== reached && !(committed === -1 && reached === 0))
        found.wrong(`${topic}/${partition}: committed ${committed}, the batches reach ${reached}`);
      if (reached <= last || reached > end)
        found.wrong(
          `${topic}/${partition}: the batches reach ${reached}, its last record is ${last}, its end ${end}`,
        );
    }
  }
  return { folded, malformed, strays, batches, outputs };
}
