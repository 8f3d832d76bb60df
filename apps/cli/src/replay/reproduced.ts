import { topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Differences } from './difference-count.js';
import type { RulesRange } from './ranges.js';
import { recordsFrom, scatteredTopic, type Reproduced } from './reproduce-partition.js';
import { Buckets, bucketCount } from './buckets.js';
import {
  found,
  ScatteredComparison,
  type FoundRecord,
  type ScatteredRecord,
} from './scattered-comparison.js';
import { DifferenceCount } from './difference-count.js';
import { summaryOf, type Summary } from './tally.js';

/** What the replay of all partitions came to. */
export interface ReplayResult {
  readonly summary: Summary;
  readonly matched: number;
  readonly differences: Differences;
  /** Where the revision changed, each partition has several. */
  readonly ranges: readonly RulesRange[];
  /** Revision of this code; absent where nothing was replayed. */
  readonly rules?: number;
}

/** Puts the partitions together, and compares what they write across partitions, where a folder holds what they expect. */
export async function allReproduced(
  parts: readonly Reproduced[],
  log: EventLog,
  prefix: string,
  scattered: string | undefined,
  midway: boolean,
): Promise<ReplayResult> {
  const rules = parts.find((part) => part.rules !== undefined)?.rules;
  const grown = midway || parts.some((part) => part.grown);
  const across =
    scattered === undefined
      ? { matched: 0, differences: new DifferenceCount().differences() }
      : await comparedAcross(scattered, log, prefix, parts.length, grown, rules);
  return {
    summary: summaryOf(parts.map(({ tallied }) => tallied)),
    matched: parts.reduce((sum, part) => sum + part.matched, across.matched),
    differences: together([...parts.map((part) => part.differences), across.differences]),
    ranges: parts.flatMap((part) => part.ranges),
    ...(rules !== undefined && { rules }),
  };
}

/** Bucket by bucket, so that memory does not grow with the topic. */
async function comparedAcross(
  folder: string,
  log: EventLog,
  prefix: string,
  partitions: number,
  grown: boolean,
  rules: number | undefined,
) {
  const topic = topicName(prefix, scatteredTopic);
  const held = new Buckets<FoundRecord>(folder, 'found');
  for (let partition = 0; partition < partitions; partition++)
    for await (const record of recordsFrom(log, topic, partition)) await held.add(found(record));
  await held.end();
  const count = new DifferenceCount();
  let matched = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const across = new ScatteredComparison(topic);
    for await (const record of Buckets.read<ScatteredRecord>(folder, bucket, 'expected'))
      across.expect(record);
    for await (const record of Buckets.read<FoundRecord>(folder, bucket, 'found')) across.compare(record);
    across.end(grown, rules ?? 0);
    for (const difference of across.differences) count.add(difference, rules);
    matched += across.matched;
  }
  return { matched, differences: count.differences() };
}

function together(all: readonly Differences[]): Differences {
  const foreign: Record<number, number> = {};
  for (const part of all)
    for (const [rules, count] of Object.entries(part.foreign))
      foreign[Number(rules)] = (foreign[Number(rules)] ?? 0) + count;
  return {
    own: all.reduce((sum, { own }) => sum + own, 0),
    consequences: all.reduce((sum, { consequences }) => sum + consequences, 0),
    foreign,
    examples: all.flatMap(({ examples }) => examples).slice(0, 1_000),
    foreignExamples: all.flatMap(({ foreignExamples }) => foreignExamples).slice(0, 1_000),
  };
}
