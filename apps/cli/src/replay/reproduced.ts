import { topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Differences } from './difference-count.js';
import type { RulesRange } from './ranges.js';
import { recordsFrom, scatteredTopic, type Reproduced } from './reproduce-partition.js';
import { ScatteredComparison } from './scattered-comparison.js';
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

/** Puts the partitions together, and compares what they write across partitions. */
export async function allReproduced(
  parts: readonly Reproduced[],
  log: EventLog,
  prefix: string,
  verify: boolean,
  midway: boolean,
): Promise<ReplayResult> {
  const rules = parts.find((part) => part.rules !== undefined)?.rules;
  const across = new ScatteredComparison(topicName(prefix, scatteredTopic));
  const found = new DifferenceCount();
  if (verify) {
    for (const { scattered } of parts) across.expect(scattered);
    for (let partition = 0; partition < parts.length; partition++)
      await across.compare(recordsFrom(log, across.topic, partition));
    across.end(midway || parts.some(({ grown }) => grown), rules ?? 0);
    for (const difference of across.differences) found.add(difference, rules);
  }
  return {
    summary: summaryOf(parts.map(({ tallied }) => tallied)),
    matched: parts.reduce((sum, part) => sum + part.matched, across.matched),
    differences: together([...parts.map((part) => part.differences), found.differences()]),
    ranges: parts.flatMap((part) => part.ranges),
    ...(rules !== undefined && { rules }),
  };
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
