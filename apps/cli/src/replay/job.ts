import type { Backends } from '#backends';
import type { Config } from '#config';
import { orderTopic, topicName } from '#contracts';
import type { PartitionState } from '#pipeline';
import { readSnapshot } from '../snapshot/read-snapshot.js';
import { recordedDefinitions } from './recorded-lifecycles.js';
import { reproducePartition, type Reproduced } from './reproduce-partition.js';
import type { Part } from './what-if/part.js';
import { rehearsals, type RehearseJob } from './what-if/rehearse-log.js';

export interface ReproduceJob {
  readonly kind: 'reproduce';
  readonly verify: boolean;
  /** Where to verify: a folder for what is written across partitions. */
  readonly scattered?: string | undefined;
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

/** Says how far one partition is: its share, 0 to 1, and the events so far. Lets others have their turn when it is awaited. */
export type Report = (share: number, events: number) => Promise<void>;

/** The job on one partition; one after the other or in several processes makes no difference. */
export type Work = (partition: number, report: Report) => Promise<JobResult>;

/** Makes the job ready for any number of partitions: definitions are loaded once for all of them. */
export async function workOf(
  job: Job,
  { log, store }: Pick<Backends, 'log' | 'store'>,
  config: Config,
): Promise<Work> {
  const prefix = config.topicPrefix;
  const partitions = (await log.range(topicName(prefix, orderTopic))).length;
  const begun = async (partition: number): Promise<PartitionState | undefined> =>
    job.snapshot === undefined
      ? undefined
      : await (await readSnapshot(job.snapshot, prefix, partitions)).partition(partition);
  const definitionOf = recordedDefinitions(config, store);
  const rehearse = job.kind === 'rehearse' ? rehearsals(job) : undefined;
  return async (partition, report) => {
    const begin = await begun(partition);
    const place = { log, prefix, partition, partitions, report };
    if (job.kind === 'reproduce') return reproducePartition({ ...job, ...place, definitionOf, begin });
    const customers = [...(begin?.customers ?? [])].map(({ state }) => state);
    return rehearse!({ ...place, ...(begin && { begin: { number: begin.number, customers } }) });
  };
}
