import { fork, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.js';
import type { HowFar } from './how-far.js';
import type { Job, JobResult } from './job.js';
import type { FromWorker, ToWorker } from './worker.js';

const built = import.meta.url.endsWith('.js');
/** From source a worker is started the way this process was, where that is known. */
export const startable = built || basename(process.argv[1] ?? '') === 'run-typescript.mjs';

/** Further processes, which take partitions from the same queue as this one. */
export class Helpers {
  readonly #served = new Map<ChildProcess, Promise<void>>();
  readonly #at = new Map<ChildProcess, number>();

  constructor(
    private readonly job: Job,
    private readonly waiting: number[],
    private readonly done: (partition: number, result: JobResult) => void,
    private readonly howFar: HowFar,
    private readonly failed: (error: Error) => void,
  ) {}

  get count(): number {
    return this.#served.size;
  }

  start(env: NodeJS.ProcessEnv): void {
    const child = fork(...command(), {
      ...{ env, serialization: 'advanced' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const served = this.#serve(child);
    served.catch(this.failed);
    this.#served.set(child, served);
  }

  /** Resolves when none of them is at work; one that is only starting is not waited for. @throws Failure */
  async finished(): Promise<void> {
    for (const child of [...this.#at.keys()]) await this.#served.get(child);
  }

  stop(): void {
    for (const child of this.#served.keys()) if (child.exitCode === null) child.kill();
  }

  /** One process: takes the next partition as long as there is one. */
  #serve(child: ChildProcess): Promise<void> {
    const tell = (message: ToWorker) => void child.send(message);
    return new Promise((resolve, reject) => {
      const goOn = () => {
        const at = this.waiting.shift();
        if (at === undefined) {
          this.#at.delete(child);
          tell({ end: true });
          return resolve();
        }
        this.#at.set(child, at);
        tell({ partition: at });
      };
      child.on('message', (message: FromWorker) => {
        if ('ready' in message) {
          tell({ job: this.job });
          goOn();
        } else if ('share' in message)
          this.howFar.at(this.#at.get(child) ?? 0, message.share, message.events);
        else if ('failed' in message) reject(new Failure(message.failed));
        else {
          this.done(message.partition, message.result);
          goOn();
        }
      });
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        code === 0 ? resolve() : reject(new Failure(`a replaying process ended with ${signal ?? code}`)),
      );
    });
  }
}

function command(): [entry: string, args: string[]] {
  const script = new URL(built ? './worker.js' : './worker.ts', import.meta.url);
  return built ? [fileURLToPath(script), []] : [process.argv[1] ?? '', [script.href]];
}
