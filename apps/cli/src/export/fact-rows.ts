import { inputTopics, orderTopic, topicName } from '#contracts';
import type { Lifecycle } from '#lifecycle';
import { replayPartition, type CustomerDocument, type EventLog } from '#pipeline';
import { periodEnd, type Grain } from './period.js';
import { Snapshots } from './snapshots.js';
import type { Row } from './table-spec.js';

export interface FactRequest {
  readonly log: EventLog;
  readonly prefix: string;
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
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
  const { log, prefix, lifecycleOf, grain, zone, progress } = request;
  const topics = inputTopics.map((topic) => topicName(prefix, topic));
  const partitions = (await log.range(topicName(prefix, orderTopic))).length;
  const snapshots = new Snapshots((at) => periodEnd(at, grain, zone));
  const ended: { readonly customer: CustomerDocument; readonly lifecycle: Lifecycle }[] = [];
  let newest = -Infinity;
  let batches = 0;
  for (let partition = 0; partition < partitions; partition++) {
    let customers: ReadonlyMap<string, CustomerDocument> = new Map();
    let latest: Lifecycle | undefined;
    const watched = async (hash: string) => snapshots.watch((latest = await lifecycleOf(hash)));
    const options = { log, prefix, partition, partitions, topics, lifecycleOf: watched };
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
