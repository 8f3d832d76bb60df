import { topicSpecs } from '#contracts';
import type { Config } from '#config';
import type { EngineStatus, EventLog } from '#pipeline';

const LOOK_MS = 10_000;

/**
 * Looks every 10 s whether all topics are there. Partitions notice by themselves what they read from; what they publish to they
 * miss only when there is something to publish.
 */
export class TopicWatch {
  readonly #names: readonly string[];
  #missing: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: Pick<EventLog, 'topics'>,
    { topicPrefix, partitions }: Pick<Config, 'topicPrefix' | 'partitions'>,
  ) {
    this.#names = topicSpecs(topicPrefix, partitions).map(({ name }) => name);
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The same status, but not ready while a topic is missing. */
  judged(status: EngineStatus): EngineStatus {
    if (this.#missing.length === 0) return status;
    const reason = `topics are missing: ${this.#missing.join(', ')}`;
    return { ...status, ready: false, reasons: [...status.reasons, reason] };
  }

  async #look(): Promise<void> {
    // A log that does not answer says nothing of its topics; that it is away shows elsewhere.
    const found = await this.log.topics(this.#names).catch(() => undefined);
    if (found) this.#missing = this.#names.filter((name) => !found.some((topic) => topic.name === name));
    if (this.#timer) this.start();
  }
}
