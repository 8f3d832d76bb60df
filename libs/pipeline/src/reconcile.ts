import type { Intent } from './customer-store.port.js';
import type { Offsets } from './event-log.port.js';

/** A partition that must not go on by itself: the message names both positions and the ways out. */
export class PartitionStopped extends Error {
  constructor(
    readonly partition: number,
    readonly reason: 'positions' | 'storm' | 'expired' | 'unreadable' | 'group' | 'rejected' | 'rules',
    message: string,
  ) {
    super(message);
    this.name = 'PartitionStopped';
  }
}

export interface Positions {
  readonly partition: number;
  readonly group: string;
  readonly topics: readonly string[];
  /** Committed offsets of the group; a topic without a commit is absent. */
  readonly committed: Offsets;
  /** Earliest and end offset of each topic at this partition. */
  readonly range: Readonly<Record<string, { readonly start: number; readonly end: number }>>;
  readonly intent: Intent | undefined;
}

export interface Resumption {
  /** Next offset of each topic. */
  readonly next: Offsets;
  /** Number of the last batch that is done. */
  readonly done: number;
  /** A batch in doubt: it was begun, and its offsets were not committed. */
  readonly redo: Intent | undefined;
}

/**
 * Where a task resumes. The committed offsets must equal, for every topic, the intent's `from` (in doubt) or its `to`
 * (done); anything else means that log and store no longer belong together.
 * @throws PartitionStopped
 */
export function reconcile({ partition, group, topics, committed, range, intent }: Positions): Resumption {
  if (intent && intent.group !== group)
    throw new PartitionStopped(
      partition,
      'group',
      `partition ${partition}: this store belongs to group "${intent.group}", not "${group}". Use that GROUP_ID, or another store.`,
    );
  const anyCommit = Object.keys(committed).length > 0;
  if (!intent && anyCommit)
    throw new PartitionStopped(
      partition,
      'positions',
      `partition ${partition}: group "${group}" has committed ${show(committed)} but the store knows no batch of it. ` +
        'Restore the store, or start an empty one under a new GROUP_ID.',
    );

  const first = intent?.number === 1 && !anyCommit;
  const at = (topic: string) => committed[topic] ?? (first ? intent?.from[topic] : undefined) ?? -1;
  const known = Object.keys(intent?.to ?? {});
  const isAt = (offsets: Offsets) => known.every((topic) => at(topic) === offsets[topic]);
  if (intent && !isAt(intent.to) && !isAt(intent.from)) {
    const differing = known.filter((t) => !(at(t) === intent.from[t] && at(t) === intent.to[t]));
    throw new PartitionStopped(
      partition,
      'positions',
      `partition ${partition}: the store's last batch ${intent.number} went from ${show(intent.from, differing)} ` +
        `to ${show(intent.to, differing)}, but group "${group}" stands at ${show(committed, differing)}. ` +
        "Set the group's offsets to one of the two, or restore the store that belongs to the log, " +
        'or start an empty store under a new GROUP_ID.',
    );
  }

  const redo = intent && !isAt(intent.to) ? intent : undefined;
  const next = Object.fromEntries(
    topics.map((topic) => {
      const settled = redo ? redo.from[topic] : intent?.to[topic];
      return [topic, settled ?? committed[topic] ?? range[topic]?.start ?? 0];
    }),
  );
  for (const topic of topics) requireReadable(partition, topic, next[topic] ?? 0, range[topic]);
  return { next, done: intent ? intent.number - (redo ? 1 : 0) : 0, redo };
}

/** Rules only go forward: what newer code decided is not continued by older code. @throws PartitionStopped */
export function requireRules(partition: number, intent: Intent | undefined, rules: number): void {
  if (!intent || intent.rules <= rules) return;
  throw new PartitionStopped(
    partition,
    'rules',
    `partition ${partition}: its last batch was decided under rules revision ${intent.rules}, this engine has ${rules}. ` +
      'Run the newer version of the engine.',
  );
}

function requireReadable(
  partition: number,
  topic: string,
  next: number,
  range: { readonly start: number; readonly end: number } | undefined,
): void {
  if (!range || (range.start <= next && next <= range.end)) return;
  const what =
    next < range.start
      ? 'records were deleted before they were read'
      : 'the topic was truncated or recreated';
  throw new PartitionStopped(
    partition,
    'expired',
    `partition ${partition}: next offset of ${topic} is ${next}, the log holds ${range.start} to ${range.end}: ${what}. ` +
      'Restore the topic, or start an empty store under a new GROUP_ID.',
  );
}

const show = (offsets: Offsets, topics = Object.keys(offsets)) =>
  topics.some((topic) => topic in offsets)
    ? topics.map((topic) => `${topic}:${offsets[topic] ?? 'none'}`).join(', ')
    : 'nothing';
