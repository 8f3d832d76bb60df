import { inputTopics, orderTopic, topicName } from '#contracts';
import type { Definition, Lifecycle } from '#lifecycle';
import { replayPartition, type CustomerDocument, type EventLog, type OrderEntry } from '#pipeline';
import { RecordedCodes } from '../replay/recorded-codes.js';
import { recordedLifecycles } from '../replay/recorded-lifecycles.js';
import type { BegunPartition } from '../snapshot/read-snapshot.js';
import { periodEnd, type Grain } from './period.js';
import { Snapshots } from './snapshots.js';
import type { Row } from './table-spec.js';

export interface FactRequest {
  readonly log: EventLog;
  readonly prefix: string;
  readonly definitionOf: (hash: string) => Promise<Definition>;
  /** Where to begin, by partition; the first rows then are of the first ends after it. */
  readonly begun?: ((partition: number) => Promise<BegunPartition>) | undefined;
  readonly grain: Grain;
  /** IANA zone in which days, weeks and months are counted. */
  readonly zone: string;
  readonly progress: (batches: number) => void;
}

/**
 * Every customer's facts at the end of each period, by a replay from the order records. Joins no group and writes nothing. A
 * customer's last row is that of the last period that had ended by the newest watermark recorded.
 * @throws Error when the input topics no longer hold a recorded slice
 */
export async function* factRows(request: FactRequest): AsyncGenerator<Row> {
  const { log, prefix, definitionOf, begun, grain, zone, progress } = request;
  const topics = inputTopics.map((topic) => topicName(prefix, topic));
  const partitions = (await log.range(topicName(prefix, orderTopic))).length;
  const snapshots = new Snapshots((at) => periodEnd(at, grain, zone));
  const ended: { readonly customer: CustomerDocument; readonly lifecycle: Lifecycle }[] = [];
  let newest = -Infinity;
  let batches = 0;
  for (let partition = 0; partition < partitions; partition++) {
    const coupons = await RecordedCodes.open(log, prefix, partition);
    const lifecycleOf = recordedLifecycles(definitionOf, coupons.codes);
    const begin = await begun?.(partition);
    let customers = new Map<string, CustomerDocument>() as ReadonlyMap<string, CustomerDocument>;
    let latest: Lifecycle | undefined;
    if (begin?.reached) {
      latest = await lifecycleOf(begin.reached.definition);
      customers = new Map(begin.customers.map((document) => [document.id, document]));
      for (const { state } of begin.customers) snapshots.begun(latest, state, begin.reached.watermark);
    }
    const watched = async (hash: string) => snapshots.watch((latest = await lifecycleOf(hash)));
    const before = ({ appendedAt }: OrderEntry) => coupons.upTo(appendedAt);
    const options = { log, prefix, partition, partitions, topics, lifecycleOf: watched, begin, before };
    for await (const batch of replayPartition(options)) {
      customers = batch.customers;
      newest = Math.max(newest, batch.recorded.watermark);
      yield* snapshots.taken();
      progress(++batches);
    }
    for (const customer of customers.values()) if (latest) ended.push({ customer, lifecycle: latest });
  }
  for (const { customer, lifecycle } of ended) {
    snapshots.close(lifecycle, customer.state, newest);
    yield* snapshots.taken();
  }
}
