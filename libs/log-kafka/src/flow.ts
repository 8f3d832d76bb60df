import type { LogError, LogRecord, PartitionTask } from '#pipeline';
import type { Read, Wanted } from './partition-reader.js';

/** One topic partition on its way into its task. What was read waits here while the task has no room. */
export class Flow implements Wanted {
  #waiting: readonly LogRecord[] = [];
  #untold = true;
  #pushing = false;
  #ended = false;

  /** @param events `room` may be called at any time; `failed` when the task refuses a push. */
  constructor(
    readonly topic: string,
    readonly partition: number,
    public position: number,
    public end: number,
    private readonly task: PartitionTask,
    private readonly events: { readonly room: () => void; readonly failed: (error: unknown) => void },
  ) {}

  /** Read more only when nothing waits: one chunk with the task and one here is enough to keep it busy. */
  get wantsMore(): boolean {
    return !this.#ended && this.#waiting.length === 0;
  }

  accept({ records, position, end }: Read): void {
    if (this.#ended) return;
    this.#waiting = this.#waiting.length === 0 ? records : [...this.#waiting, ...records];
    this.#untold ||= records.length > 0 || position !== this.position || end !== this.end;
    this.position = position;
    this.end = end;
    this.flush();
  }

  /** Tells the task what it was not told yet; at first that there is nothing, up to which end. */
  flush(): void {
    if (!this.#pushing) void this.#push();
  }

  /** What is next cannot be read: not now or, where the error is not retriable, never. */
  interrupt(error: LogError): void {
    if (this.#ended) return;
    this.#ended = !error.retriable;
    if (this.task.interrupt) this.task.interrupt(error);
    else if (this.#ended) this.events.failed(error);
  }

  stop(): void {
    this.#ended = true;
  }

  async #push(): Promise<void> {
    this.#pushing = true;
    try {
      while (this.#untold && !this.#ended) {
        const records = this.#waiting;
        this.#waiting = [];
        this.#untold = false;
        const told = this.task.push({ topic: this.topic, records, position: this.position, end: this.end });
        if (records.length > 0) this.events.room();
        await told;
      }
    } catch (error) {
      if (!this.#ended) this.events.failed(error);
    } finally {
      this.#pushing = false;
    }
  }
}
