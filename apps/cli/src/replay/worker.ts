import { openBackends } from '#backends';
import { settings } from '../context.js';
import { explain } from '../failure.js';
import { inTurns } from './in-turns.js';
import { workOf, type Job, type JobResult, type Work } from './job.js';

/** To the worker: what to do, then with which partitions, one after the other. */
export type ToWorker = { readonly job: Job } | { readonly partition: number } | { readonly end: true };

export type FromWorker =
  | { readonly ready: true }
  | { readonly share: number; readonly events: number }
  | { readonly partition: number; readonly result: JobResult }
  | { readonly failed: string };

/** A process that replays partitions for its parent. Ends when told to, or when the parent is gone. */
async function work(): Promise<void> {
  const config = settings(process.env);
  const backends = await openBackends(config, { engine: false, clientId: 'perennial-cli' });
  const tell = (message: FromWorker) => process.send?.(message);
  const report = inTurns((share, events) => tell({ share, events }));
  let doing: Promise<Work> | undefined;
  process.on('disconnect', () => process.exit(1));
  process.on('message', (message: ToWorker) => {
    if ('job' in message) doing = workOf(message.job, backends, config);
    else if ('partition' in message && doing) void one(doing, message.partition);
    else void backends.close().finally(() => process.exit(0));
  });
  const one = async (ready: Promise<Work>, partition: number) => {
    try {
      tell({ partition, result: await (await ready)(partition, report) });
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
