import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { messageOf } from '#testing';
import type { SoakOptions } from './options.js';

/** `measure`: collect garbage and measure memory, which takes a moment. */
export interface Question {
  readonly measure: boolean;
}

export interface State {
  /** Records known and not yet committed. */
  readonly lag: number;
  /** Every partition runs, and nothing is left. */
  readonly idle: boolean;
  /** Folded and dead-lettered since the start, by the engine's counters: they know nothing of batches whose commit was in doubt. */
  readonly events: number;
  readonly deadLetters: number;
}

/** Bytes, after a garbage collection: JavaScript's heap with its buffers, all that is resident, and that without files. */
export interface Measured extends State {
  readonly heap: number;
  readonly resident: number;
  readonly own: number;
  readonly handles: number;
}

export type Answer = State | Measured;

const entry = fileURLToPath(new URL('../../libs/testing/src/child/run-typescript.mjs', import.meta.url));
const script = new URL('./engine.child.ts', import.meta.url).href;
const execArgv = ['--conditions=source', '--experimental-transform-types', '--no-warnings'];

/** An engine in a process of its own; what it says on stderr is ours too. */
export class SoakedEngine {
  static async start(
    env: Readonly<Record<string, string>>,
    leak: SoakOptions['leak'],
  ): Promise<SoakedEngine> {
    const { PATH, HOME, TMPDIR = '/tmp' } = process.env;
    const child = fork(entry, [script, leak], {
      execArgv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { PATH, HOME, TMPDIR, ...env },
    });
    await messageOf(child);
    return new SoakedEngine(child);
  }

  #turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly child: ReturnType<typeof fork>) {}

  state(): Promise<State> {
    return this.#ask({ measure: false });
  }

  measure(): Promise<Measured> {
    return this.#ask({ measure: true }) as Promise<Measured>;
  }

  /** Drains and ends it. */
  async stop(): Promise<void> {
    await this.#turn.catch(() => undefined);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.send('stop');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 30_000);
    await gone;
    clearTimeout(late);
  }

  /** One question at a time. @throws when the engine has ended. */
  #ask(question: Question): Promise<Answer> {
    const asking = this.#turn.then(() => {
      const answer = messageOf(this.child) as Promise<Answer>;
      this.child.send(question);
      return answer;
    });
    this.#turn = asking.catch(() => undefined);
    return asking;
  }
}
