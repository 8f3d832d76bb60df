import type { Backends } from '#backends';
import type { Config } from '#config';
import { orderTopic, topicName } from '#contracts';
import type { PartitionState } from '#pipeline';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { recordedCodes } from './recorded-codes.js';
import { recordedLifecycles } from './recorded-lifecycles.js';
import { reproducePartition, type Reproduced } from './reproduce-partition.js';
import type { Part } from './what-if/part.js';
import { rehearseLog, type RehearseJob } from './what-if/rehearse-log.js';

export interface ReproduceJob {
  readonly kind: 'reproduce';
  readonly verify: boolean;
  readonly from: number;
  readonly until: number;
}

/** What is to be done with each partition, as plain data. `snapshot`: the folder to begin with. */
export type Job = (ReproduceJob | RehearseJob) & { readonly snapshot?: string | undefined };

export interface ResultOf {
  reproduce: Reproduced;
  rehearse: Part;
}

export type JobResult = Reproduced | Part;

/** Does the job on one partition; one after the other or in several processes makes no difference. */
export async function runJob(
  job: Job,
  partition: number,
  { log, store }: Pick<Backends, 'log' | 'store'>,
  config: Config,
  progress: (share: number, events: number) => void,
): Promise<JobResult> {
  const prefix = config.topicPrefix;
  const partitions = (await log.range(topicName(prefix, orderTopic))).length;
  const begin: PartitionState | undefined =
    job.snapshot === undefined
      ? undefined
      : await (await readSnapshot(job.snapshot, prefix, partitions)).partition(partition);
  const place = { log, prefix, partition, partitions, progress };
  if (job.kind === 'rehearse') {
    const customers = [...(begin?.customers ?? [])].map(({ state }) => state);
    return rehearseLog(job, { ...place, ...(begin && { begin: { number: begin.number, customers } }) });
  }
  const { codes } = await recordedCodes(log, prefix, partition);
  const lifecycleOf = recordedLifecycles(config, store, codes);
  return reproducePartition({ ...job, ...place, lifecycleOf, begin });
}
