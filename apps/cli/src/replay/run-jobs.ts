import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { orderTopic, topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { runJob, type Job, type JobResult } from './job.js';
import { Progress } from './progress.js';
import type { FromWorker, ToWorker } from './worker.js';

/** Below so many records in the order topic further processes cost more than they bring. */
const worthwhile = 400;

/**
 * Does the job on every partition, in `jobs` processes or by itself; results in order of partition. Says how far it is.
 * @throws Failure where no batch was ever recorded, or a process failed
 */
export async function runJobs(
  job: Job,
  context: Context,
  jobs: number | undefined,
  what: string,
  eventsIn: (result: JobResult) => number,
): Promise<readonly JobResult[]> {
  const { backends, config, terminal, now } = context;
  const { log, store } = await backends();
  const sizes = await recorded(log, config.topicPrefix);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const partitions = sizes.map((_, partition) => partition);
  const processes = Math.min(
    startable ? (jobs ?? (total < worthwhile ? 1 : availableParallelism())) : 1,
    sizes.filter((size) => size > 0).length,
  );
  const progress = new Progress(terminal, now, what);
  const done = new Done(sizes, progress);
  const results =
    processes > 1
      ? await inProcesses(job, partitions, processes, context, done)
      : await oneByOne(partitions, done, (partition, report) =>
          runJob(job, partition, { log, store }, config, report),
        );
  progress.done(results.reduce((sum, result) => sum + eventsIn(result), 0));
  return results;
}

async function recorded(log: EventLog, prefix: string): Promise<readonly number[]> {
  const topic = topicName(prefix, orderTopic);
  const ranges = await log.range(topic);
  if (ranges.every(({ end }) => end === 0))
    throw new Failure(
      `${topic}: holds no batch; no engine has folded anything yet, so there is nothing to replay`,
    );
  return ranges.map(({ start, end }) => end - start);
}

/** Adds up how far all are. */
class Done {
  readonly #shares: number[];
  readonly #events: number[];
  readonly #total: number;

  constructor(
    private readonly sizes: readonly number[],
    private readonly progress: Progress,
  ) {
    this.#shares = sizes.map(() => 0);
    this.#events = sizes.map(() => 0);
    this.#total = Math.max(
      1,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }

  finished(partition: number): void {
    this.at(partition, 1, this.#events[partition] ?? 0);
  }

  at(partition: number, share: number, events: number): void {
    this.#shares[partition] = share;
    this.#events[partition] = events;
    const done = this.#shares.reduce((sum, one, i) => sum + one * (this.sizes[i] ?? 0), 0);
    this.progress.at(
      done / this.#total,
      this.#events.reduce((sum, count) => sum + count, 0),
    );
  }
}

type Report = (share: number, events: number) => void;

async function oneByOne(
  partitions: readonly number[],
  done: Done,
  run: (partition: number, report: Report) => Promise<JobResult>,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const partition of partitions)
    results.push(await run(partition, (share, events) => done.at(partition, share, events)));
  return results;
}

async function inProcesses(
  job: Job,
  partitions: readonly number[],
  processes: number,
  { terminal }: Context,
  done: Done,
): Promise<JobResult[]> {
  const waiting = [...partitions];
  const results: JobResult[] = [];
  const children: ChildProcess[] = [];
  try {
    await Promise.all(
      Array.from({ length: processes }, () => {
        const child = start(terminal.env);
        children.push(child);
        return served(child, job, waiting, results, done);
      }),
    );
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill();
  }
  return results;
}

/** One process: takes the next partition as long as there is one. */
function served(
  child: ChildProcess,
  job: Job,
  waiting: number[],
  results: JobResult[],
  done: Done,
): Promise<void> {
  const tell = (message: ToWorker) => void child.send(message);
  let at = 0;
  return new Promise((resolve, reject) => {
    const goOn = () => {
      const partition = waiting.shift();
      if (partition === undefined) return tell({ end: true });
      at = partition;
      tell({ partition });
    };
    child.on('message', (message: FromWorker) => {
      if ('ready' in message) {
        tell({ job });
        goOn();
      } else if ('share' in message) done.at(at, message.share, message.events);
      else if ('failed' in message) reject(new Failure(message.failed));
      else {
        results[message.partition] = message.result;
        done.finished(message.partition);
        goOn();
      }
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Failure(`a replaying process ended with ${signal ?? code}`)),
    );
  });
}

const built = import.meta.url.endsWith('.js');
/** From source a worker is started the way this process was, where that is known. */
const startable = built || basename(process.argv[1] ?? '') === 'run-typescript.mjs';

function start(env: NodeJS.ProcessEnv): ChildProcess {
  const script = new URL(built ? './worker.js' : './worker.ts', import.meta.url);
  const [entry, args] = built ? [fileURLToPath(script), []] : [process.argv[1] ?? '', [script.href]];
  return fork(entry, args, { env, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
