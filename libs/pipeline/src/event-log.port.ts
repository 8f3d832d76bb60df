/** One record as a log holds it. `timestamp` is the broker's arrival time in ms; event time is in the value. */
export interface LogRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** A record to write. Without `partition` it goes where murmur2 of its key says. */
export interface OutboundRecord {
  readonly topic: string;
  readonly partition?: number;
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
}

/** By topic, the next offset to read. */
export type Offsets = Readonly<Record<string, number>>;

/** What a log hands to a task: records of one topic in offset order, the position after them and the known end. */
export interface Fetched {
  readonly topic: string;
  readonly records: readonly LogRecord[];
  /** Next offset that the log will hand out; may lie past the last record (control records). */
  readonly position: number;
  /** The topic partition's end (high watermark) as last seen. */
  readonly end: number;
}

/** One owner's work on one partition index over all topics of the group. */
export interface PartitionTask {
  /** Resolves when there is room for more. Never called twice at once for one topic. */
  push(fetched: Fetched): Promise<void>;
  /**
   * What comes next cannot be read. Where the error is `retriable` the log goes on trying, and positions may have changed
   * meanwhile; otherwise nothing more comes of that topic. Without this method the latter ends the membership.
   */
  interrupt?(error: LogError): void;
  /** Ownership ends: commit nothing more; resolves when no work is in flight. */
  stop(): Promise<void>;
}

export interface JoinOptions {
  readonly group: string;
  readonly topics: readonly string[];
  /** Called once per generation and assigned partition index. */
  readonly open: (partition: number) => PartitionTask;
  /** The membership is lost for good; the process should end or join again. */
  readonly onFailure: (error: Error) => void;
}

export interface Membership {
  /** Partition indexes assigned in the current generation. */
  assigned(): readonly number[];
  /** False between two generations, and while the group is out of reach. Absent where neither happens. */
  settled?(): boolean;
  /** Stops fetching, stops the tasks, leaves the group. */
  leave(): Promise<void>;
}

/**
 * The right to write for one group and partition index. Opening it fences whoever held it before: from then on the
 * earlier holder's `commit` fails with `fenced`.
 */
export interface TaskSession {
  /**
   * Committed offsets of the group at this partition, with every commit that was acknowledged; topics without a commit are absent.
   * Asking changes nothing. @throws LogError `fenced` when a newer session exists, `indefinite`.
   */
  committed(): Promise<Offsets>;
  /**
   * Appends the records and moves the offsets in one transaction.
   * @throws LogError `fenced` (a newer session exists; nothing was written), `indefinite` (unknown whether it was
   * written: open a new session and read `committed`), `rejected` (the log will never take it, e.g. too large).
   */
  commit(records: readonly OutboundRecord[], offsets: Offsets): Promise<void>;
  close(): Promise<void>;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** -1 keeps for ever. */
  readonly retentionMs: number;
}

export interface TopicInfo {
  readonly name: string;
  readonly partitions: number;
}

/** A partitioned, durable, ordered log with consumer groups. Every adapter passes `eventLogContract`. */
export interface EventLog {
  /** Creates what is missing; returns the names created. @throws LogError `partitions` when one exists with another count. */
  createTopics(specs: readonly TopicSpec[]): Promise<readonly string[]>;
  /** Existing topics of these names (all, without names). */
  topics(names?: readonly string[]): Promise<readonly TopicInfo[]>;
  /** How long records of these topics are kept, ms by topic, -1 for ever. Absent on a log that deletes nothing by itself. */
  retention?(names: readonly string[]): Promise<Readonly<Record<string, number>>>;
  /** Appends durably, at least once; order is kept within a partition. @throws LogError `unknownTopic`. */
  publish(records: readonly OutboundRecord[]): Promise<void>;
  /** Earliest and end offsets of one topic's partitions, by partition index. */
  range(topic: string): Promise<readonly { readonly start: number; readonly end: number }[]>;
  /** Committed records `from ≤ offset < to`, in order, in chunks; no group involved. */
  read(topic: string, partition: number, from: number, to: number): AsyncIterable<readonly LogRecord[]>;
  /** Committed offsets of a group, by topic and partition index; -1 where none. */
  groupOffsets(
    group: string,
    topics: readonly string[],
  ): Promise<Readonly<Record<string, readonly number[]>>>;
  /** Joins a group; the same partition index of all topics goes to the same member. Starts at the committed offset, else at the start. */
  join(options: JoinOptions): Promise<Membership>;
  openSession(group: string, partition: number, topics: readonly string[]): Promise<TaskSession>;
  close(): Promise<void>;
}

export type LogErrorCode =
  'fenced' | 'indefinite' | 'rejected' | 'unknownTopic' | 'partitions' | 'unreachable' | 'storage';

export class LogError extends Error {
  readonly retriable: boolean;
  constructor(
    readonly code: LogErrorCode,
    message: string,
    options: { cause?: unknown; retriable?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'LogError';
    this.retriable = options.retriable ?? (code === 'indefinite' || code === 'unreachable');
  }
}
