import { compare, compareSets } from './compare.js';
import { Finder, type Findings } from './findings.js';
import type { Reading, Seen } from './reading.js';
import { inputs, sequenceOf, type Envelope } from './sequence.js';
import { storyOf, type Facts } from './story.js';

/** What is to be in dead-letter topics, besides the inputs' own. */
export const outputs = [
  'lifecycle.transitions.v1',
  'retention.actions.v1',
  'loyalty.ledger.v1',
  'quality.signals.v1',
] as const;
export const letterTopics = inputs.map((topic) => `${topic}.dlq`);
/** Everything that the verifier reads. */
export const topics: readonly string[] = [...inputs, 'lifecycle.order.v1', ...outputs, ...letterTopics];

export interface Claim {
  /** How many records upstream published, each with its number in the header `load-n`. */
  readonly published: number;
  /** What the product says of its customers. */
  readonly facts: ReadonlyMap<string, Facts>;
  readonly prefix: string;
}

export interface Verdict extends Findings {
  readonly customers: number;
  readonly batches: number;
  readonly transitions: number;
  readonly outputs: number;
  readonly deadLetters: number;
}

/** Judges a whole run by what an independent client read. It shares nothing with the engine but the published formats. */
export function verify(reading: Reading, { published, facts, prefix }: Claim): Verdict {
  const found = new Finder();
  const of = (topic: string) => reading.records.get(topic) ?? [];
  everyNumber(published, inputs.flatMap(of), found);
  const sequence = sequenceOf(reading, prefix, found);
  const letters = letterTopics.flatMap(of);
  compareLetters(sequence.malformed, letters, prefix, found);
  const rerouted = of('lifecycle.inbox.v1').filter((it) => it.headers['x-origin-topic'] !== undefined);
  compareSets('strays', sequence.strays.map(whereabouts(prefix)), rerouted.map(originOf('x-origin-')), found);

  const events = new Map(
    outputs.map((topic) => [topic, of(topic).map((it) => JSON.parse(it.value) as Envelope)]),
  );
  for (const [topic, all] of events) uniqueIds(topic, all, found);
  const changes = bySubject(events.get('lifecycle.transitions.v1') ?? []);
  const entries = bySubject(events.get('loyalty.ledger.v1') ?? []);
  const actions = bySubject(events.get('retention.actions.v1') ?? []);
  const known = new Set([
    ...sequence.folded.keys(),
    ...changes.keys(),
    ...entries.keys(),
    ...actions.keys(),
    ...facts.keys(),
  ]);
  for (const customer of known) {
    const story = storyOf(sequence.folded.get(customer) ?? []);
    for (const region of ['stage', 'health'] as const) {
      const seen = (changes.get(customer) ?? []).filter(({ type }) => type === `${region}.changed.v1`);
      const expected = story.changes.filter((it) => it.region === region);
      const whole = compare(
        `${customer}, ${region}`,
        expected.map(({ from, to, cause }) => `${from} to ${to} by ${cause}`),
        seen.map(({ data }) => `${data['from']} to ${data['to']} by ${causeOf(data)}`),
        found,
      );
      if (whole) chain(`${customer}, ${region}`, region === 'stage' ? 'exploration' : 'well', seen, found);
    }
    compare(
      `${customer}, points`,
      story.entries.map(({ orderId, points, pending }) => `${points} for ${orderId}, so ${pending}`),
      (entries.get(customer) ?? [])
        .filter(({ type }) => type === 'points.changed.v1')
        .map(({ data }) => `${data['pendingChange']} for ${data['orderId']}, so ${data['pending']}`),
      found,
    );
    const thanks = (actions.get(customer) ?? []).filter(
      ({ data }) => data['template'] === 'follow-up.thanks',
    );
    if (story.thanked && thanks.length === 0) found.lost(`${customer}: thanks`);
    const claimed = facts.get(customer);
    for (const [name, value] of Object.entries(story.facts))
      if (claimed?.[name as keyof Facts] !== value)
        found.wrong(`${customer}: ${name} is ${claimed?.[name as keyof Facts]}, its events come to ${value}`);
  }

  const present = outputs.reduce((sum, topic) => sum + of(topic).length, letters.length + rerouted.length);
  if (present !== sequence.outputs)
    found.wrong(`the batches say that they published ${sequence.outputs} records, ${present} are there`);
  return {
    ...found.findings,
    customers: known.size,
    batches: sequence.batches,
    transitions: of('lifecycle.transitions.v1').length,
    outputs: present,
    deadLetters: letters.length,
  };
}

/** Everything that upstream published is in the log. */
function everyNumber(published: number, all: readonly Seen[], found: Finder): void {
  const numbers = new Set(all.map(({ headers }) => headers['load-n']));
  for (let n = 0; n < published; n++)
    if (!numbers.has(String(n))) found.lost(`record ${n} of the load is not in the log`);
}

function uniqueIds(topic: string, events: readonly Envelope[], found: Finder): void {
  const ids = new Set<string>();
  for (const { id, subject } of events) {
    if (ids.has(id)) found.duplicated(`${topic}: ${id} of ${subject} again`);
    ids.add(id);
  }
}

/** Each change begins where the one before it ended, whatever caused them. */
function chain(who: string, first: string, seen: readonly Envelope[], found: Finder): void {
  let at = first;
  for (const { id, data } of new Map(seen.map((it) => [it.id, it])).values()) {
    if (data['from'] !== at)
      found.outOfOrder(`${who}: ${id} begins at ${data['from']}, the one before ended at ${at}`);
    at = String(data['to']);
  }
}

function compareLetters(
  malformed: readonly Seen[],
  letters: readonly Seen[],
  prefix: string,
  found: Finder,
): void {
  compareSets('dead letters', malformed.map(whereabouts(prefix)), letters.map(originOf('x-dlq-')), found);
  const values = new Map(malformed.map((it) => [whereabouts(prefix)(it), it.value]));
  for (const letter of letters) {
    const origin = originOf('x-dlq-')(letter);
    if (values.has(origin) && values.get(origin) !== letter.value)
      found.wrong(`dead letter of ${origin}: other bytes`);
  }
}

const whereabouts = (prefix: string) => (it: Seen) => `${prefix}${it.topic}/${it.partition}/${it.offset}`;
const originOf = (header: string) => (it: Seen) =>
  ['topic', 'partition', 'offset'].map((name) => it.headers[header + name]).join('/');
const causeOf = (data: Envelope['data']) => (data['causes'] as readonly string[])[0];

function bySubject(events: readonly Envelope[]): Map<string, Envelope[]> {
  const all = new Map<string, Envelope[]>();
  for (const event of events) {
    const of = all.get(event.subject);
    if (of) of.push(event);
    else all.set(event.subject, [event]);
  }
  return all;
}
