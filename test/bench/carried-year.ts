import { join } from 'node:path';
import { completeJourney, madeUpPerson, type ImportedEvent } from '#apps/cli';
import {
  decodeRecord,
  encodeEvent,
  eventTypes,
  inputTopics,
  structuredHeaders,
  type KnownInputEvent,
} from '#contracts';

/** The carried Complete Journey year as the import publishes it, with made-up people, in folding order. */
export interface Year {
  /** As the engine decodes them. */
  readonly events: readonly KnownInputEvent[];
  /** The very same, as structured JSON. */
  readonly texts: readonly string[];
}

/** @throws Error when a row or an event of the sample is refused. */
export async function carriedYear(root: string): Promise<Year> {
  const dataset = completeJourney(join(root, 'test/fixtures/complete-journey'));
  const refuse = (problem: unknown): never => {
    throw new Error(`the carried sample holds what the import refuses: ${JSON.stringify(problem)}`);
  };
  const known = new Set<string>();
  const folded: { readonly event: KnownInputEvent; readonly text: string }[] = [];
  const take = ({ id, type, subject, at, data }: ImportedEvent) => {
    const { source } = dataset;
    const time = new Date(at).toISOString();
    const text = encodeEvent({ specversion: '1.0', id, source, type, subject, time, data });
    const decoded = decode(type, text);
    folded.push({ event: decoded.ok ? decoded.event : refuse(decoded), text });
  };
  for await (const event of dataset.events(refuse)) {
    if (!known.has(event.subject)) madeUpPerson(event, dataset.name, dataset.zone).forEach(take);
    known.add(event.subject);
    take(event);
  }
  folded.sort((a, b) => a.event.at - b.event.at || topicRank(a.event) - topicRank(b.event));
  return { events: folded.map(({ event }) => event), texts: folded.map(({ text }) => text) };
}

const headers = { 'content-type': Buffer.from(structuredHeaders['content-type']) };
const decode = (type: string, text: string) =>
  decodeRecord(
    { topic: topicOf(type), partition: 0, key: null, value: Buffer.from(text), headers },
    { now: Date.now() },
  );

const topicOf = (type: string) => eventTypes[type as KnownInputEvent['type']].topic;
const topicRank = ({ type }: KnownInputEvent) => (inputTopics as readonly string[]).indexOf(topicOf(type));
