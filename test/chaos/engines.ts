import { startEngineProcess, type Environment, type RunningProcess } from '../support/processes.js';

export interface Member {
  readonly name: string;
  readonly process: RunningProcess;
  /** It is to end: whoever keeps the engines running leaves it alone. */
  dismissed: boolean;
  suspended: boolean;
}

/** What an engine says of one of its partitions. */
export interface TaskLine {
  readonly partition: number;
  readonly quiet: boolean;
}

/** Keeps engine processes running as an orchestrator would: one that ends unasked is started again. */
export class Engines {
  readonly #members = new Set<Member>();
  readonly #starting = new Set<Promise<unknown>>();
  #count = 0;
  #closed = false;
  /** Reasons of those that ended by themselves. */
  readonly ended: string[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly tell: (what: string) => void,
  ) {
    process.once('exit', this.#killAll);
  }

  get running(): readonly Member[] {
    return [...this.#members].filter((member) => !member.suspended && !member.dismissed);
  }

  async start(): Promise<void> {
    const name = `engine ${++this.#count}`;
    const started = await startEngineProcess(this.environment);
    const member: Member = { name, process: started, dismissed: false, suspended: false };
    this.#members.add(member);
    void started.exited.then((code) => this.#ended(member, code));
  }

  /** Partitions that this member has now; undefined where it does not answer. */
  async assigned(member: Member): Promise<readonly number[] | undefined> {
    return (await this.tasks(member))?.map(({ partition }) => partition);
  }

  async tasks({ process }: Member): Promise<readonly TaskLine[] | undefined> {
    try {
      const answer = await fetch(`${process.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
      return ((await answer.json()) as { tasks: TaskLine[] }).tasks;
    } catch {
      return undefined;
    }
  }

  kill(member: Member): void {
    member.process.signal('SIGKILL');
  }

  suspend(member: Member): void {
    member.suspended = true;
    member.process.signal('SIGSTOP');
  }

  resume(member: Member): void {
    member.suspended = false;
    member.process.signal('SIGCONT');
  }

  /** A graceful stop. @throws where it does not end with 0. */
  async remove(member: Member): Promise<void> {
    member.dismissed = true;
    const code = await member.process.stop();
    if (code !== 0) throw new Error(`${member.name}: a graceful stop ended with ${code}`);
  }

  /** Ends all, and starts none again. */
  async close(): Promise<void> {
    this.#closed = true;
    process.removeListener('exit', this.#killAll);
    await Promise.allSettled(this.#starting);
    for (const member of this.#members) {
      member.dismissed = true;
      member.process.signal('SIGKILL');
      await member.process.exited;
    }
  }

  /** An interrupted run leaves no engine behind, a suspended one neither. */
  readonly #killAll = () => {
    for (const { process } of this.#members) process.signal('SIGKILL');
  };

  /** The last words of each, for whoever has to find out why a run failed. */
  lastWords(): readonly string[] {
    return [...this.#members].map(
      ({ name, process }) => `${name}: ${process.stderr().trim().split('\n').slice(-3).join('\n  ')}`,
    );
  }

  #ended(member: Member, code: number | null): void {
    this.#members.delete(member);
    if (member.dismissed || this.#closed) return;
    if (code !== null) {
      const reason = member.process.stderr().trim().split('\n').at(-1) ?? '';
      this.ended.push(`${member.name} ended with ${code}: ${reason}`);
      this.tell(this.ended.at(-1) ?? '');
    }
    const again = this.#again();
    this.#starting.add(again);
    void again.finally(() => this.#starting.delete(again));
  }

  async #again(): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.start();
      } catch (error) {
        this.tell(`start: ${(error as Error).message.trim().split('\n').at(-1)}`);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }
}
