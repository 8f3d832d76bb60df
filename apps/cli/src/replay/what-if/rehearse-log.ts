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
import { recordedSide } from './recorded-side.js';
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
  readonly progress: (share: number, events: number) => void;
}

/** One partition's customers on both sides. @throws TruncatedLog */
export async function rehearseLog(job: RehearseJob, place: Place): Promise<Part> {
  const { prefix, begin } = place;
  const [candidate, ground] = [loadDefinition(job.candidate), loadDefinition(job.ground)];
  const other = job.against === undefined ? undefined : loadDefinition(job.against);
  const { twin, collect } = sidesOf(other, candidate, ground, job);
  const collector = new Collector(collect);
  for (const state of begin?.customers ?? []) collector.begun(state);
  if (!other) await takeRecorded(collector, job, place);
  const alone = other ? twin : { ...twin, against: twin.candidate, parted: () => false };
  let events = 0;
  const { reached } = await rehearsePartition({
    ...place,
    topics: inputTopics.map((topic) => topicName(prefix, topic)),
    twin: alone,
    hearer: other ? collector : candidateOnly(collector),
    until: job.until,
    event: (event) => {
      events += 1;
      collector.event(event);
    },
    batch: (_, share) => place.progress(share, events),
  });
  return collector.part(reached);
}

async function takeRecorded(collector: Collector, { until }: RehearseJob, place: Place): Promise<void> {
  const { log, prefix, partition, begin } = place;
  let first: [number, number] = [0, 0];
  if (begin)
    for await (const { appendedAt } of recordedOrder(log, prefix, partition, begin.number)) {
      const from = (name: string) => offsetAt(log, topicName(prefix, name), partition, appendedAt);
      first = [await from('lifecycle.transitions.v1'), await from('retention.actions.v1')];
      break;
    }
  for await (const { customer, decided } of recordedSide(log, prefix, partition, first))
    if (decided.at <= until) collector.decided(customer, 'against', decided);
}

/** One fold is made; what it tells is the candidate's. */
const candidateOnly = (collector: Collector): Hearer => ({
  heard: (told: Heard) => collector.heard({ ...told, side: 'candidate' }),
  broke: (customer: string, _: Side, error: unknown) => collector.broke(customer, 'candidate', error),
});
