import { availableParallelism } from 'node:os';
import { orderTopic, topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { Helpers, startable } from './helpers.js';
import { HowFar } from './how-far.js';
import { inTurns } from './in-turns.js';
import { workOf, type Job, type JobResult } from './job.js';
import { Progress } from './progress.js';

/** Further processes are started when so much has been done, and so much more is left: each costs a second to start. */
const worthwhile = { gone: 1, left: 3 };

/**
 * Does the job on every partition: this process takes one after the other, and `jobs` less one further processes take from
 * the same queue; results in order of partition. Without `jobs` further ones, up to one a core, are started when it turns out
 * that there is much to do. Says how far it is.
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
  const progress = new Progress(terminal, now, what);
  const howFar = new HowFar(sizes, progress);
  const results: JobResult[] = [];
  // The largest first, so that none is left alone with it at the end.
  const waiting = sizes.map((_, partition) => partition).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const done = (partition: number, result: JobResult) => {
    results[partition] = result;
    howFar.finished(partition);
  };
  let failure: Error | undefined;
  const helpers = new Helpers(job, waiting, done, howFar, (error) => (failure ??= error));
  const most = startable ? (jobs ?? availableParallelism()) : 1;
  const startHelpers = () => {
    while (helpers.count < Math.min(most - 1, waiting.length)) helpers.start(terminal.env);
  };
  try {
    const work = await workOf(job, { log, store }, config);
    let at = waiting.shift();
    if (jobs !== undefined) startHelpers();
    const report = inTurns((share, events) => {
      if (failure) throw failure;
      howFar.at(at ?? 0, share, events);
      const { gone, left } = howFar.seconds;
      if (jobs === undefined && gone > worthwhile.gone && left > worthwhile.left) startHelpers();
    });
    for (; at !== undefined; at = waiting.shift()) done(at, await work(at, report));
    await helpers.finished();
  } finally {
    helpers.stop();
  }
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
