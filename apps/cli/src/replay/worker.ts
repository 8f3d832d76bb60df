import { openBackends } from '#backends';
import { settings } from '../context.js';
import { explain } from '../failure.js';
import { runJob, type Job, type JobResult } from './job.js';

/** To the worker: what to do, then with which partitions, one after the other. */
export type ToWorker = { readonly job: Job } | { readonly partition: number } | { readonly end: true };

export type FromWorker =
  | { readonly ready: true }
  | { readonly share: number; readonly events: number }
  | { readonly partition: number; readonly result: JobResult }
  | { readonly failed: string };

const reportEveryMs = 200;

/** A process that replays partitions for its parent. Ends when told to, or when the parent is gone. */
async function work(): Promise<void> {
  const config = settings(process.env);
  const backends = await openBackends(config, { engine: false, clientId: 'perennial-cli' });
  const tell = (message: FromWorker) => process.send?.(message);
  let job: Job | undefined;
  process.on('disconnect', () => process.exit(1));
  process.on('message', (message: ToWorker) => {
    if ('job' in message) job = message.job;
    else if ('partition' in message && job) void one(job, message.partition);
    else void backends.close().finally(() => process.exit(0));
  });
  const one = async (doing: Job, partition: number) => {
    let last = 0;
    const progress = (share: number, events: number) => {
      if (Date.now() - last < reportEveryMs) return;
      last = Date.now();
      tell({ share, events });
    };
    try {
      tell({ partition, result: await runJob(doing, partition, backends, config, progress) });
    } catch (error) {
      tell({ failed: explain(error).text });
    }
  };
  tell({ ready: true });
}

try {
  await work();
} catch (error) {
  process.send?.({ failed: explain(error).text } satisfies FromWorker, () => process.exit(1));
}
