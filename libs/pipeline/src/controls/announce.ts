import type { DataOf } from '#contracts';
import type { CustomerStore } from '../customer-store.port.js';
import { changeControls } from './control-record.js';
import { jobsOf, lotOf, type FanOutJob } from './fan-out-job.js';

export type Announcement = DataOf<'announcement.published.v1'>;

/** An announcement that was published before under the same id. */
export class AlreadyAnnounced extends Error {
  constructor(
    readonly announcementId: string,
    readonly at: number,
  ) {
    super(
      `announcement '${announcementId}' was published at ${new Date(at).toISOString()}; give this one another announcementId`,
    );
    this.name = 'AlreadyAnnounced';
  }
}

export interface Announced {
  /** Of the fan-out. */
  readonly id: string;
  /** Customers known, and those of them who get it. */
  readonly known: number;
  readonly addressed: number;
}

/**
 * Publishes an announcement to every customer known, or to as many of them, drawn by lot, as its budget allows. Engines
 * tell each. `at` in ms.
 * @throws AlreadyAnnounced
 */
export async function announce(
  store: CustomerStore,
  partitions: number,
  data: Announcement,
  by: string,
  at: number,
): Promise<Announced> {
  const id = `announcement/${data.announcementId}`;
  const refuseAgain = (known: FanOutJob | undefined) => {
    if (known) throw new AlreadyAnnounced(data.announcementId, known.at);
  };
  refuseAgain(await jobsOf(store).get(id));
  const { known, addressed, lotBelow } = await draw(store, partitions, id, data.budget);
  const job: FanOutJob = {
    id,
    type: 'announcement.published.v1',
    data,
    by,
    at,
    until: Date.parse(data.validUntil),
    ...(lotBelow !== undefined && { lotBelow }),
  };
  // Named first: a job that is kept is then under way whatever happens.
  await changeControls(store, (controls) =>
    controls.fanOuts.includes(id) ? controls : { ...controls, fanOuts: [...controls.fanOuts, id] },
  );
  await jobsOf(store).update(id, (other) => {
    refuseAgain(other);
    return job;
  });
  return { id, known, addressed };
}

const countedAtOnce = 10_000;

/** Below the drawn lot lie as many of the known customers as the budget allows. */
async function draw(store: CustomerStore, partitions: number, job: string, budget = Infinity) {
  let known = 0;
  const lots: number[] = [];
  for (let partition = 0; partition < partitions; partition++)
    for (let page: readonly string[] | undefined; !page || page.length === countedAtOnce;) {
      page = await store.customers(partition, page?.at(-1), countedAtOnce);
      known += page.length;
      if (budget < Infinity) for (const customer of page) lots.push(lotOf(job, customer));
    }
  if (known <= budget) return { known, addressed: known };
  return { known, addressed: budget, lotBelow: Float64Array.from(lots).sort()[budget]! };
}
