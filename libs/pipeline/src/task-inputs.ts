import { cut, type Cut } from './alignment.js';
import type { Fetched, LogError, LogRecord, Offsets } from './event-log.port.js';
import { foldingOrder } from './fold-batch.js';
import { locate } from './locate.js';
import type { TaskDeps } from './task-deps.js';
import { TopicBuffer, type Located } from './topic-buffer.js';
import { WakeUp } from './wake-up.js';
import { Watermark } from './watermark.js';

/** What has arrived for one partition index and is not yet committed: buffers by topic, the watermark, back-pressure. */
export class TaskInputs {
  readonly #watermark: Watermark;
  readonly arrival: WakeUp;
  readonly #buffers: readonly TopicBuffer[];
  /** Topics with lag and nothing buffered, and since when. */
  readonly #starved = new Map<string, number>();
  readonly #waitingForRoom = new Set<() => void>();
  /** Why the log does not read on. */
  interruption: LogError | undefined;
  #mustCover: Offsets = {};
  #closed = false;

  constructor(private readonly deps: TaskDeps) {
    this.#watermark = new Watermark(deps.limits.backfillGraceMs, 0);
    this.arrival = new WakeUp(deps.clock);
    this.#buffers = deps.topics.map(
      (topic) => new TopicBuffer(topic, (record, arrived) => this.#locate(record, arrived)),
    );
  }

  /** It knows of all that has arrived. */
  get watermark(): Watermark {
    for (const buffer of this.#buffers) buffer.look();
    return this.#watermark;
  }

  /** Event time, ms, up to which the task has come. */
  get reached(): number {
    return this.#watermark.at;
  }

  /** Records that are known to exist and not yet committed. */
  get lag(): number {
    return this.#buffers.reduce(
      (sum, b) => sum + b.length + Math.max(0, (b.end ?? 0) - (b.position ?? 0)),
      0,
    );
  }

  /** The task is ending. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Records that are here and not yet committed. */
  get buffered(): number {
    return this.#buffers.reduce((sum, b) => sum + b.length, 0);
  }

  /** The known end of every topic. */
  get ends(): Offsets {
    return Object.fromEntries(this.#buffers.map((b) => [b.topic, b.end ?? 0]));
  }

  /** Takes what was fetched; resolves when there is room for more. */
  async push(fetched: Fetched): Promise<void> {
    const buffer = this.#buffers.find((b) => b.topic === fetched.topic);
    if (!buffer) return;
    buffer.push(fetched, this.deps.clock.now());
    if (fetched.records.length > 0) this.#starved.delete(fetched.topic);
    this.arrival.signal();
    while (!this.#closed && this.#full(buffer))
      await new Promise<void>((resolve) => this.#waitingForRoom.add(resolve));
  }

  interrupt(error: LogError): void {
    // What never comes back outweighs what may.
    if (this.interruption?.retriable === false) return;
    this.interruption = error;
    this.arrival.signal();
  }

  /** A batch in doubt needs every record below these offsets, however many that are. */
  require(offsets: Offsets): void {
    this.#mustCover = offsets;
    this.makeRoom();
  }

  covers(offsets: Offsets): boolean {
    return this.#buffers.every((b) => b.covers(offsets[b.topic] ?? 0));
  }

  /**
   * While a backfill arrives, topics' ends are asked for after their records were fetched: whatever was published before
   * a record that is in a buffer then lies below the ends, and is waited for. Otherwise one topic would run ahead by as
   * much event time as one chunk of the backfill holds.
   */
  async settleEnds(now: number): Promise<void> {
    if (!this.watermark.held(now)) return;
    const { log, partition } = this.deps;
    const ranges = await Promise.all(this.#buffers.map((b) => log.range(b.topic)));
    for (const [i, buffer] of this.#buffers.entries())
      buffer.end = Math.max(buffer.end ?? 0, ranges[i]?.[partition]?.end ?? 0);
  }

  next(now: number, maxRecords: number): Cut {
    const { alignmentWaitMs } = this.deps.limits;
    const waitNoLongerFor = new Set(
      [...this.#starved].filter(([, since]) => now - since > alignmentWaitMs).map(([topic]) => topic),
    );
    const decision = cut(this.#buffers, {
      waitNoLongerFor,
      maxRecords,
    });
    if (decision.kind === 'wait') this.#noteStarved(decision.topics, now);
    return decision;
  }

  /** The records of these slices, in folding order. */
  gather(from: Offsets, to: Offsets): Located[] {
    const slices = this.#buffers.flatMap((b) =>
      b.slice(from[b.topic] ?? 0, to[b.topic] ?? from[b.topic] ?? 0),
    );
    return foldingOrder(slices, this.deps.topics);
  }

  /** Everything below these offsets is committed. More is taken in with `makeRoom`. */
  committed(next: Offsets): void {
    for (const buffer of this.#buffers) buffer.drop(next[buffer.topic] ?? 0);
  }

  makeRoom(): void {
    for (const resolve of this.#waitingForRoom) resolve();
    this.#waitingForRoom.clear();
  }

  close(): void {
    this.#closed = true;
    this.arrival.signal();
    this.makeRoom();
  }

  #full(buffer: TopicBuffer): boolean {
    return (
      buffer.length >= this.deps.limits.bufferedRecords && buffer.covers(this.#mustCover[buffer.topic] ?? 0)
    );
  }

  #noteStarved(topics: readonly string[], now: number): void {
    for (const topic of topics) {
      // A clock that was set back begins the wait anew.
      if ((this.#starved.get(topic) ?? Infinity) <= now) continue;
      this.#starved.set(topic, now);
      this.deps.observe({ kind: 'waiting', partition: this.deps.partition, topic });
    }
  }

  #locate(record: LogRecord, arrived: number): Located {
    const located = locate(record, this.deps.prefix);
    this.#watermark.arrived(located, arrived);
    return located;
  }
}
