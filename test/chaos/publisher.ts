import type { EventLog, OutboundRecord } from '#pipeline';

const TICK_MS = 250;
const CHUNK = 2_000;

/**
 * Publishes the load so that it lasts for as long as faults are made: each tick gives its part of what is left, reckoned by how long the
 * rest of the plan is likely to take. What the broker did not acknowledge is published again.
 */
export class Publisher {
  readonly #records: readonly OutboundRecord[];
  #published = 0;
  #running: Promise<void> | undefined;
  #secondsLeft: number;
  #stopped = false;

  constructor(
    private readonly log: EventLog,
    load: Iterable<OutboundRecord>,
    secondsOfPlan: number,
    prefix: string,
  ) {
    this.#records = [...load].map((record) => ({ ...record, topic: prefix + record.topic }));
    this.#secondsLeft = secondsOfPlan;
  }

  get published(): number {
    return this.#published;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** The rest of the plan will take about so long; 0 where nothing more is to come. */
  expect(seconds: number): void {
    this.#secondsLeft = seconds;
  }

  /** Everything is published. */
  async finish(): Promise<void> {
    this.expect(0);
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#published < this.#records.length && !this.#stopped) {
      const left = this.#records.length - this.#published;
      const ticks = Math.max(1, (this.#secondsLeft * 1_000) / TICK_MS);
      const chunk = this.#records.slice(
        this.#published,
        this.#published + Math.min(CHUNK, Math.ceil(left / ticks)),
      );
      const next = new Promise((resolve) => setTimeout(resolve, TICK_MS));
      try {
        await this.log.publish(chunk);
        this.#published += chunk.length;
      } catch {
        // The broker is away: the same chunk goes out again at the next tick.
      }
      await next;
    }
  }
}
