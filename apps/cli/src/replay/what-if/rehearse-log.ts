import { inputTopics, topicName } from '#contracts';
import { loadDefinition, type CustomerState } from '#lifecycle';
import {
  recordedOrder,
  rehearsePartition,
  type EventLog,
  type Heard,
  type Hearer,
  type Side,
} from '#pipeline';
import { offsetAt } from '../offset-at.js';
import { Collector } from './collector.js';
import type { Part } from './part.js';
import { RecordedSide, recordedSide } from './recorded-side.js';
import { sidesOf } from './sides-of.js';

/** A what-if of the log, as plain data: definitions by their YAML text. */
export interface RehearseJob {
  readonly kind: 'rehearse';
  readonly candidate: string;
  /** Absent: what was recorded. */
  readonly against?: string | undefined;
  /** Whose name and version both sides go by. */
  readonly ground: string;
  readonly from: number;
  readonly until: number;
  readonly top: number;
}

interface Place {
  readonly log: EventLog;
  readonly prefix: string;
  readonly partition: number;
  readonly partitions: number;
  readonly begin?: { readonly number: number; readonly customers: readonly CustomerState[] } | undefined;
  readonly report: (share: number, events: number) => Promise<void>;
}

/** Makes both sides ready once; then one partition's customers live on both. @throws TruncatedLog */
export function rehearsals(job: RehearseJob): (place: Place) => Promise<Part> {
  const [candidate, ground] = [loadDefinition(job.candidate), loadDefinition(job.ground)];
  const other = job.against === undefined ? undefined : loadDefinition(job.against);
  const { twin, collect } = sidesOf(other, candidate, ground, job);
  const alone = other ? twin : { ...twin, against: twin.candidate, parted: () => false };
  return async (place) => {
    const collector = new Collector(collect);
    for (const state of place.begin?.customers ?? []) collector.begun(state);
    const recorded = other ? undefined : await published(job, place);
    let events = 0;
    const { reached } = await rehearsePartition({
      ...place,
      topics: inputTopics.map((topic) => topicName(place.prefix, topic)),
      twin: alone,
      hearer: other ? collector : candidateOnly(collector),
      until: job.until,
      event: (event) => {
        events += 1;
        collector.event(event);
      },
      batch: async ({ now }, share) => {
        await recorded?.takeUpTo(now, collector);
        await place.report(share, events);
      },
    });
    await recorded?.takeUpTo(Infinity, collector);
    return collector.part(reached);
  };
}

/** What was published of the partition's customers, from the beginning or from where a snapshot stood. */
async function published({ until }: RehearseJob, { log, prefix, partition, begin }: Place) {
  let first: [number, number] = [0, 0];
  if (begin)
    for await (const { appendedAt } of recordedOrder(log, prefix, partition, begin.number)) {
      const from = (name: string) => offsetAt(log, topicName(prefix, name), partition, appendedAt);
      first = [await from('lifecycle.transitions.v1'), await from('retention.actions.v1')];
      break;
    }
  return new RecordedSide(recordedSide(log, prefix, partition, first), until);
}

/** One fold is made; what it tells is the candidate's. */
const candidateOnly = (collector: Collector): Hearer => ({
  heard: (told: Heard) => collector.heard({ ...told, side: 'candidate' }),
  broke: (customer: string, _: Side, error: unknown) => collector.broke(customer, 'candidate', error),
});
