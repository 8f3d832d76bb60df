import { inputTopics, orderTopic, outputTopics, topicName } from '#contracts';
import type { CouponCodes, Definition, Lifecycle } from '#lifecycle';
import {
  recordsOf,
  replayPartition,
  type CustomerDocument,
  type EventLog,
  type LogRecord,
  type OrderEntry,
  type PartitionState,
} from '#pipeline';
import { Buckets } from './buckets.js';
import { Comparison } from './comparison.js';
import { DifferenceCount, type Differences } from './difference-count.js';
import { offsetAt } from './offset-at.js';
import { RecordedCodes } from './recorded-codes.js';
import { recordedLifecycles } from './recorded-lifecycles.js';
import { Ranges, type RulesRange } from './ranges.js';
import { scattered, type ScatteredRecord } from './scattered-comparison.js';
import { Tally, tallying, unpublished, type Tallied } from './tally.js';

export interface ReproduceRequest {
  readonly log: EventLog;
  readonly prefix: string;
  readonly partition: number;
  readonly partitions: number;
  readonly definitionOf: (hash: string) => Promise<Definition>;
  /** Compare with what the output topics hold. */
  readonly verify: boolean;
  /** Folder for what goes to other partitions, to be compared when every partition is done. */
  readonly scattered?: string | undefined;
  /** Count what was decided from this recorded clock on, and leave out batches that were applied after `until`; ms. */
  readonly from: number;
  readonly until: number;
  readonly begin?: PartitionState | undefined;
  readonly report: (share: number, events: number) => Promise<void>;
}

/** What one partition came to. Plain data. */
export interface Reproduced {
  readonly tallied: Tallied;
  readonly matched: number;
  readonly differences: Differences;
  readonly ranges: readonly RulesRange[];
  /** Revision of this code; absent where nothing was replayed. */
  readonly rules?: number;
  /** Coupons whose codes were taken as recorded. */
  readonly coupons: number;
  /** The engine went on meanwhile, or batches were left out. */
  readonly grown: boolean;
}

/** Keyed by product, so that every task writes to each of its partitions. */
export const scatteredTopic = 'quality.signals.v1';

/**
 * Repeats what the order topic records of one partition. Joins no group and writes nothing. Compared are the output topics;
 * what went back into the inbox is an input, whose every slice was recorded.
 * @throws TruncatedLog; LogError when a topic is missing
 */
export async function reproducePartition(request: ReproduceRequest): Promise<Reproduced> {
  const { log, prefix, partition, verify, until, begin, report } = request;
  const coupons = await RecordedCodes.open(log, prefix, partition);
  const tally = new Tally();
  const ranges = new Ranges(partition);
  const found = new DifferenceCount();
  const signals =
    request.scattered && new Buckets<ScatteredRecord>(request.scattered, `expected-${partition}`);
  const signalTopic = topicName(prefix, scatteredTopic);
  const end = await recordedEnd(log, prefix, partition);
  let comparisons: ReadonlyMap<string, Comparison> | undefined;
  const { lifecycleOf, rules } = lifecycles(request, coupons.codes, tally);
  let customers: ReadonlyMap<string, CustomerDocument> = new Map(
    [...(begin?.customers ?? [])].map((document) => [document.id, document]),
  );
  let cutShort = false;
  let events = 0;
  const note = (comparison: Comparison) => {
    for (const difference of comparison.drain()) {
      found.add(difference, rules());
      ranges.differs(difference.rules);
    }
  };
  const before = (entry: OrderEntry) => coupons.upTo(entry.appendedAt);
  const options = { ...request, begin, topics: inputs(prefix), lifecycleOf, before };
  for await (const batch of replayPartition(options)) {
    cutShort = batch.recorded.now > until;
    if (cutShort) break;
    customers = batch.customers;
    ranges.batch(batch.recorded);
    events += batch.folded.counts.events;
    if (verify) {
      comparisons ??= await compare(request, batch.appendedAt);
      const records = recordsOf(batch.folded);
      for (const record of records)
        if (signals && record.topic === signalTopic)
          await signals.add(scattered(record, batch.recorded.rules));
      for (const [topic, comparison] of comparisons) {
        await comparison.expect(
          records.filter((record) => record.topic === topic),
          batch.recorded.rules,
        );
        note(comparison);
      }
    }
    await report(batch.share, events);
  }
  if (signals) await signals.end();
  tally.events(events);
  for (const customer of customers.values()) tally.customer(customer);
  const grown = cutShort || (await recordedEnd(log, prefix, partition)) !== end;
  let matched = 0;
  if (verify) comparisons ??= await compare(request, Infinity);
  for (const comparison of comparisons?.values() ?? []) {
    await comparison.end(grown);
    note(comparison);
    matched += comparison.matched;
  }
  const revision = rules();
  return {
    ...{ tallied: tally.tallied(), matched, differences: found.differences(), ranges: ranges.all() },
    ...(revision !== undefined && { rules: revision }),
    ...{ coupons: coupons.count, grown },
  };
}

const inputs = (prefix: string) => inputTopics.map((topic) => topicName(prefix, topic));

/** Rules that also count, and whose outputs are made only where they are compared. */
function lifecycles(
  { definitionOf, verify, from }: ReproduceRequest,
  codes: CouponCodes | undefined,
  tally: Tally,
) {
  const plain = recordedLifecycles(definitionOf, codes);
  const known = new Map<string, Lifecycle>();
  let rules: number | undefined;
  return {
    rules: () => rules,
    lifecycleOf: async (hash: string) => {
      let lifecycle = known.get(hash);
      if (!lifecycle) {
        const counted = tallying(await plain(hash), tally, from);
        lifecycle = verify ? counted : unpublished(counted);
        known.set(hash, lifecycle);
      }
      rules = lifecycle.rules;
      return lifecycle;
    },
  };
}

/** From the beginning; after a snapshot from a little before the first batch's own outputs, which were appended with it. */
async function compare({ log, prefix, partition, begin }: ReproduceRequest, appendedAt: number) {
  const comparisons = new Map<string, Comparison>();
  for (const name of outputTopics) {
    if (name === scatteredTopic) continue;
    const topic = topicName(prefix, name);
    const from = begin ? await offsetAt(log, topic, partition, appendedAt - slackMs) : 0;
    const records = recordsFrom(log, topic, partition, from);
    comparisons.set(topic, new Comparison(topic, partition, records, begin !== undefined));
  }
  return comparisons;
}

const slackMs = 5_000;

const recordedEnd = async (log: EventLog, prefix: string, partition: number) =>
  (await log.range(topicName(prefix, orderTopic)))[partition]?.end ?? 0;

/** Every record of a topic's partition; its end is asked for again when reached, since the engine may be at work. */
export async function* recordsFrom(
  log: EventLog,
  topic: string,
  partition: number,
  first = 0,
): AsyncGenerator<LogRecord> {
  let from = first;
  for (;;) {
    const { start, end } = (await log.range(topic))[partition] ?? { start: 0, end: 0 };
    from = Math.max(from, start);
    if (from >= end) return;
    for await (const records of log.read(topic, partition, from, end)) yield* records;
    from = end;
  }
}
