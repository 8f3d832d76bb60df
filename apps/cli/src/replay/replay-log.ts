import { inputTopics, orderTopic, outputTopics, topicName } from '#contracts';
import type { Lifecycle } from '#lifecycle';
import { recordsOf, replayPartition, type CustomerDocument, type EventLog, type LogRecord } from '#pipeline';
import { Comparison, type Difference } from './comparison.js';
import { ScatteredComparison } from './scattered-comparison.js';
import { Tally, type Summary } from './tally.js';

export interface ReplayRequest {
  readonly log: EventLog;
  readonly prefix: string;
  readonly lifecycleOf: (hash: string) => Promise<Lifecycle>;
  /** Compare with what the output topics hold. */
  readonly verify: boolean;
  /** Leave out batches that were applied later than this, ms, by their recorded clock. */
  readonly until?: number | undefined;
  readonly progress?: (batches: number) => void;
}

export interface ReplayResult {
  readonly summary: Summary;
  readonly matched: number;
  readonly differences: readonly Difference[];
  /** Batches by the rules revision that decided them, and the revision of this code. */
  readonly batchesByRules: ReadonlyMap<number, number>;
  readonly rules: number | undefined;
}

/** Keyed by product, so that every task writes to each of its partitions. */
const scatteredTopic = 'quality.signals.v1';

/**
 * Repeats everything that the order topic records, partition by partition. Joins no group and writes nothing. Compared
 * are the output topics; what went back into the inbox is an input, whose every slice was recorded.
 * @throws LogError when a topic is missing; Error when a recorded range was deleted by retention.
 */
export async function replayLog(request: ReplayRequest): Promise<ReplayResult> {
  const { log, prefix } = request;
  const run = new Run(request, (await log.range(topicName(prefix, orderTopic))).length);
  for (let partition = 0; partition < run.partitions; partition++) await run.replay(partition);
  await run.compareScattered();
  return run.result();
}

class Run {
  readonly #tally = new Tally();
  readonly #differences: Difference[] = [];
  readonly #scattered: ScatteredComparison | undefined;
  readonly #batchesByRules = new Map<number, number>();
  #matched = 0;
  #batches = 0;
  #rules: number | undefined;
  #grown = false;

  constructor(
    private readonly request: ReplayRequest,
    readonly partitions: number,
  ) {
    if (request.verify) this.#scattered = new ScatteredComparison(topicName(request.prefix, scatteredTopic));
  }

  async replay(partition: number): Promise<void> {
    const { log, prefix, lifecycleOf, verify, until = Infinity, progress } = this.request;
    const topics = inputTopics.map((topic) => topicName(prefix, topic));
    const noted = async (hash: string) => {
      const lifecycle = await lifecycleOf(hash);
      this.#rules = lifecycle.rules;
      return lifecycle;
    };
    const before = await this.#recordedEnd(partition);
    const comparisons = verify ? await this.#compare(partition) : new Map<string, Comparison>();
    let customers: ReadonlyMap<string, CustomerDocument> = new Map();
    let cutShort = false;
    const batches = replayPartition({
      ...{ log, prefix, partition, topics, lifecycleOf: noted },
      partitions: this.partitions,
    });
    for await (const batch of batches) {
      cutShort = batch.recorded.now > until;
      if (cutShort) break;
      this.#tally.batch(batch);
      customers = batch.customers;
      const { rules } = batch.recorded;
      this.#batchesByRules.set(rules, (this.#batchesByRules.get(rules) ?? 0) + 1);
      const records = recordsOf(batch.folded);
      this.#scattered?.expect(
        records.filter(({ topic }) => topic === this.#scattered?.topic),
        rules,
      );
      for (const [topic, comparison] of comparisons) {
        await comparison.expect(
          records.filter((record) => record.topic === topic),
          rules,
        );
      }
      progress?.(++this.#batches);
    }
    for (const customer of customers.values()) this.#tally.customer(customer);
    const grown = cutShort || (await this.#recordedEnd(partition)) !== before;
    this.#grown ||= grown;
    for (const comparison of comparisons.values()) {
      await comparison.end(grown);
      this.#take(comparison);
    }
  }

  /** To be asked when every partition is replayed. */
  async compareScattered(): Promise<void> {
    const { log } = this.request;
    const comparison = this.#scattered;
    if (!comparison) return;
    for (let partition = 0; partition < this.partitions; partition++)
      await comparison.compare(recordsFrom(log, comparison.topic, partition));
    comparison.end(this.#grown, this.#rules ?? 0);
    this.#take(comparison);
  }

  #take({ matched, differences }: Pick<Comparison, 'matched' | 'differences'>): void {
    this.#matched += matched;
    this.#differences.push(...differences);
  }

  result(): ReplayResult {
    return {
      summary: this.#tally.summary(),
      matched: this.#matched,
      differences: this.#differences,
      batchesByRules: this.#batchesByRules,
      rules: this.#rules,
    };
  }

  async #recordedEnd(partition: number): Promise<number> {
    const { log, prefix } = this.request;
    return (await log.range(topicName(prefix, orderTopic)))[partition]?.end ?? 0;
  }

  async #compare(partition: number): Promise<Map<string, Comparison>> {
    const { log, prefix } = this.request;
    const comparisons = new Map<string, Comparison>();
    for (const name of outputTopics) {
      if (name === scatteredTopic) continue;
      const topic = topicName(prefix, name);
      comparisons.set(topic, new Comparison(topic, partition, recordsFrom(log, topic, partition)));
    }
    return comparisons;
  }
}

/** Every record of a topic's partition; its end is asked for again when reached, since the engine may be at work. */
async function* recordsFrom(log: EventLog, topic: string, partition: number): AsyncGenerator<LogRecord> {
  let from = 0;
  for (;;) {
    const { start, end } = (await log.range(topic))[partition] ?? { start: 0, end: 0 };
    from = Math.max(from, start);
    if (from >= end) return;
    for await (const records of log.read(topic, partition, from, end)) yield* records;
    from = end;
  }
}
