import type { Fetched, LogRecord, PartitionTask } from '#pipeline';
import { Committer, type Settled } from './committer.js';
import { defaultBackoff } from './backoff.js';
import { DeadLetterStorm } from './dead-letter-storm.js';
import { handleRecord, type Handlers } from './handle-record.js';
import { Lane } from './lane.js';
import type { LogTransportOptions } from './log-transport.options.js';
import type { Progress } from './progress.js';

/**
 * A subscriber's work on one partition index: one lane per topic, side by side, and one committer for all of them.
 * A record that is being retried holds up its own lane only.
 */
export class SubscriptionTask implements PartitionTask {
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #committer: Committer;
  readonly #abort = new AbortController();
  #stopped!: () => void;
  readonly #untilStopped = new Promise<void>((resolve) => (this.#stopped = resolve));
  readonly #storm = new DeadLetterStorm();
  #failed = false;

  constructor(
    readonly partition: number,
    readonly options: LogTransportOptions,
    readonly handlers: Handlers,
    readonly progress: Progress,
    readonly onFailure: (error: Error) => void,
    readonly onStopped: () => void,
  ) {
    const { log, group, topics } = options;
    this.#committer = new Committer({
      openSession: () => log.openSession(group, partition, topics),
      backoff: { ...defaultBackoff, ...options.retry },
      retrying: (attempts, error) =>
        progress.retrying(partition, `commit of partition ${partition}`, attempts, error),
      failed: (error) => this.#fail(error),
    });
    const committed = this.#committer.open().catch((error: unknown) => void this.#fail(error));
    this.#lanes = new Map(
      topics.map((topic) => [
        topic,
        new Lane(
          committed.then((offsets) => offsets && (offsets[topic] ?? 0)),
          (record) => this.#handle(record),
          (settled) => this.#committer.settle(settled),
        ),
      ]),
    );
  }

  async push(fetched: Fetched): Promise<void> {
    if (!this.#failed) await this.#lanes.get(fetched.topic)?.push(fetched);
    if (this.#failed) await this.#untilStopped;
  }

  position(topic: string): number | undefined {
    return this.#lanes.get(topic)?.position;
  }

  /** Finishes the records in hand, commits them, and takes no more. */
  async drain(): Promise<void> {
    this.#abort.abort();
    await this.#endLanes();
    await this.#committer.flush();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#stopped();
    const committerStopped = this.#committer.stop();
    await this.#endLanes();
    await committerStopped;
    this.progress.forget(this.partition);
    this.onStopped();
  }

  async #endLanes(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.end()));
  }

  async #handle(record: LogRecord): Promise<Settled | undefined> {
    const { topic, partition, offset } = record;
    const what = `${topic}/${partition} at offset ${offset}`;
    try {
      const handled = await handleRecord(
        record,
        this.options,
        this.handlers,
        this.#abort.signal,
        (attempts, error) => this.progress.retrying(partition, what, attempts, error),
      );
      if (handled.kind === 'abandoned') return undefined;
      this.#storm.count(handled.kind === 'deadLettered');
      this.progress.count(handled.kind);
      return { topic, next: offset + 1, records: handled.records };
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#abort.abort();
    this.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}
