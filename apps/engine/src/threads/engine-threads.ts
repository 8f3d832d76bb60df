import { Worker } from 'node:worker_threads';
import type { Engine, EngineStatus, TaskEvent } from '#pipeline';
import type { FromThread, ThreadSettings, ToThread } from './messages.js';

export interface ThreadsOptions {
  readonly threads: number;
  readonly settings: ThreadSettings;
  readonly observe: (event: TaskEvent) => void;
  /** A thread cannot go on: the process should end. */
  readonly onFatal: (error: Error) => void;
  /** What is in force until a thread has told more. */
  readonly definition: string;
  /** What a thread runs, unless a spec looks at something else. */
  readonly entry?: URL;
}

const engine = new URL('./engine.thread.js', import.meta.url);

/**
 * An engine in several threads, each a member of the group of its own, so that the group shares the partitions out among
 * them as it does among processes. Nothing passes between them but what is told here: how they stand and what they count.
 */
export class EngineThreads implements Pick<Engine, 'start' | 'stop' | 'status' | 'settle'> {
  #threads: readonly Thread[] = [];

  constructor(private readonly options: ThreadsOptions) {}

  /** @throws Error of the first thread that cannot begin; then none is left running. */
  async start(): Promise<void> {
    this.#threads = Array.from({ length: this.options.threads }, (_, n) => new Thread(n, this.options));
    try {
      await Promise.all(this.#threads.map(({ started }) => started));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }

  settle(): void {
    for (const thread of this.#threads) thread.say('settle');
  }

  /** As the threads told last, a fifth of a second ago at most unless they are busy. */
  status(): EngineStatus {
    const all = this.#threads.flatMap(({ status }) => status ?? []);
    const silent = this.#threads.flatMap(({ status, name }) => (status ? [] : [`${name} is starting`]));
    return {
      ready: silent.length === 0 && all.length > 0 && all.every(({ ready }) => ready),
      reasons: [...silent, ...all.flatMap(({ reasons }) => reasons)],
      definition: all[0]?.definition ?? this.options.definition,
      brakes: all[0]?.brakes ?? {},
      tasks: all.flatMap(({ tasks }) => tasks).sort((a, b) => a.partition - b.partition),
    };
  }
}

class Thread {
  readonly name: string;
  status: EngineStatus | undefined;
  readonly started: Promise<void>;
  readonly #ended: Promise<void>;
  readonly #worker: Worker;
  #stopping = false;

  constructor(n: number, { settings, observe, onFatal, entry = engine }: ThreadsOptions) {
    this.name = `engine thread ${n}`;
    const worker = new Worker(entry, { workerData: settings, name: this.name });
    this.#worker = worker;
    const { promise: started, resolve, reject } = Promise.withResolvers<void>();
    this.started = started;
    const failed = (error: Error) => {
      reject(error);
      onFatal(error);
    };
    worker.on('message', (message: FromThread) => {
      switch (message.kind) {
        case 'started':
          return resolve();
        case 'status':
          this.status = message.status;
          return;
        case 'observed':
          // All threads read the same controls: one is enough to say that they changed.
          if (n === 0 || message.event.kind !== 'controls') observe(message.event);
          return;
        case 'failed':
          return failed(message.error);
        default:
          message satisfies never;
      }
    });
    worker.on('error', (error: Error) => failed(error));
    this.#ended = new Promise((ended) => {
      worker.on('exit', (code) => {
        if (!this.#stopping) failed(new Error(`${this.name} ended with ${code}`));
        ended();
      });
    });
  }

  say(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.say('stop');
    await this.#ended;
  }
}
