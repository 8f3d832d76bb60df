import type { JoinOptions, LogError, PartitionTask } from '#pipeline';
import { FetchLoop } from './fetch-loop.js';
import { Flow } from './flow.js';
import type { PartitionReader } from './partition-reader.js';
import type { Topics } from './topics.js';

export interface GenerationOptions {
  readonly join: JoinOptions;
  readonly topics: Topics;
  readonly reader: PartitionReader;
  readonly patience: number;
  readonly onFailure: (error: unknown) => void;
}

/** One generation of a membership: the partition indexes that it assigned here, their tasks and what flows into them. */
export class Generation {
  readonly #tasks: PartitionTask[] = [];
  #flows: Flow[] = [];
  #loop: FetchLoop | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    readonly partitions: readonly number[],
    private readonly options: GenerationOptions,
  ) {}

  /** The partition indexes that have a task now. */
  get open(): readonly number[] {
    return this.begun ? this.partitions : [];
  }

  get begun(): boolean {
    return this.#loop !== undefined && !this.#ended;
  }

  /** Opens the tasks at the group's positions, then fetches. Does nothing once the generation has ended. */
  async begin(): Promise<void> {
    const { join, topics, reader, patience, onFailure } = this.options;
    const committed = await topics.groupOffsets(join.group, join.topics);
    const ranges = await Promise.all(
      join.topics.map(async (topic) => [topic, await topics.stableRange(topic)] as const),
    );
    if (this.#ended) return;
    for (const partition of this.partitions) {
      const task = join.open(partition);
      this.#tasks.push(task);
      for (const [topic, range] of ranges) {
        const { start = 0, end = 0 } = range[partition] ?? {};
        const offset = committed[topic]?.[partition] ?? -1;
        const position = offset >= 0 ? offset : start;
        const events = { room: () => this.#loop?.wake(), failed: onFailure };
        this.#flows.push(new Flow(topic, partition, position, Math.max(end, position), task, events));
      }
    }
    for (const flow of this.#flows) flow.flush();
    const loop = new FetchLoop({
      reader,
      flows: this.#flows,
      patience,
      onFailure: (e: LogError) => onFailure(e),
    });
    this.#loop = loop;
    loop.start();
  }

  /** Ends the ownership; resolves when no task has work in flight. */
  end(): Promise<void> {
    return (this.#ended ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#loop?.stop();
    for (const flow of this.#flows) flow.stop();
    const stopped = await Promise.allSettled(this.#tasks.map(async (task) => task.stop()));
    for (const each of stopped) if (each.status === 'rejected') this.options.onFailure(each.reason);
  }
}
