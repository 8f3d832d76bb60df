import { isDeepStrictEqual } from 'node:util';
import { inputTopics, outputTopics } from '#contracts';
import type { LogRecord } from '#pipeline';
import type { Held } from './held.js';
import { refold, type Refold } from './refold.js';

export interface Verdict {
  /** What was promised and does not hold, in words. */
  readonly broken: readonly string[];
  readonly batches: number;
}

/**
 * Compares what is in log and store with what an independent fold says must be there. Where not everything is settled yet,
 * input may be left, and timers may be due. `settledAt`: when everything was, by the slowest clock, ms.
 */
export function examine(held: Held, { settledAt }: { readonly settledAt?: number | undefined }): Verdict {
  const broken: string[] = [];
  const everywhere = (topic: string): LogRecord[] =>
    Array.from({ length: held.partitions }, (_, p) => held.records(topic, p)).flat();
  const folds = Array.from({ length: held.partitions }, (_, p) => refold(held, p));
  const expected = (what: 'outputs' | 'letters' | 'strays') => folds.flatMap((fold) => fold[what]);
  const published = new Map(outputTopics.map((topic) => [topic, everywhere(topic)]));
  const all = [...published.values()].flat();

  for (const [p, fold] of folds.entries())
    broken.push(...fold.broken, ...positions(held, fold, p, settledAt !== undefined));
  broken.push(...documents(held, folds, all));
  if (settledAt !== undefined) broken.push(...overdue(held, folds, settledAt));
  broken.push(...cameHome(expected('strays'), everywhere('lifecycle.inbox.v1')));
  for (const [id, count] of countsOf(all.map(idOf)))
    if (count > 1) broken.push(`output ${id}: ${count} times`);
  const seen = [...published].flatMap(([topic, records]) => lines(topic, records));
  broken.push(...differences('output', expected('outputs'), seen));
  const letters = inputTopics.flatMap((topic) => everywhere(`${topic}.dlq`).map(originOf));
  broken.push(...differences('dead letter', expected('letters'), letters));
  return { broken, batches: folds.reduce((sum, { batches }) => sum + batches, 0) };
}

/** All of the input is committed, and batches cover all that is committed, once. */
function* positions(held: Held, { covered }: Refold, p: number, settled: boolean): Generator<string> {
  for (const topic of inputTopics) {
    const end = held.records(topic, p).length;
    const committed = held.committed(topic, p) ?? 0;
    if (settled && committed !== end) yield `${topic}/${p}: committed ${committed} of ${end}`;
    if ((covered[topic] ?? 0) !== committed)
      yield `${topic}/${p}: batches cover ${covered[topic] ?? 0}, committed is ${committed}`;
  }
}

/** Each customer's state is that of its events, and what stands in its outbox was published. */
function* documents(held: Held, folds: readonly Refold[], all: readonly LogRecord[]): Generator<string> {
  const values = new Set(all.map(({ value }) => String(value)));
  const stored = new Map(held.documents.map((document) => [document.id, document]));
  for (const { states } of folds)
    for (const [id, state] of states) {
      const document = stored.get(id);
      if (!document) yield `${id}: no document`;
      else if (!isDeepStrictEqual(plain(document.state), plain(state)))
        yield `${id}: the stored state is not that of its events`;
      stored.delete(id);
      for (const { value } of document?.outputs ?? [])
        if (!values.has(String(value))) yield `${id}: an output is left in the outbox`;
    }
  for (const id of stored.keys()) yield `${id}: a document without events`;
}

/** Whatever was due by the watermark has fired, unless that was recorded by a clock that ran ahead of those left. */
function* overdue({ documents }: Held, folds: readonly Refold[], now: number): Generator<string> {
  for (const { id, partition, state } of documents)
    for (const { name, due } of state.timers)
      if (due <= Math.min(folds[partition]!.watermark, now)) yield `${id}: ${name} was due and did not fire`;
}

function* cameHome(strays: readonly string[], inbox: readonly LogRecord[]): Generator<string> {
  const found = countsOf(inbox.map(({ value }) => String(value)));
  for (const [stray, count] of countsOf(strays))
    if (found.get(stray) !== count)
      yield `a stray record came home ${found.get(stray) ?? 0} times, not ${count}: ${stray}`;
}

/** Each customer's outputs of one topic in order: `TOPIC SUBJECT n ID`. */
function lines(topic: string, records: readonly LogRecord[]): string[] {
  const counts = new Map<string, number>();
  return records.map((record) => {
    const of = String(record.key);
    const n = (counts.get(of) ?? 0) + 1;
    counts.set(of, n);
    return `${topic} ${of} ${n} ${idOf(record)}`;
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const idOf = ({ value }: LogRecord): string => (JSON.parse(String(value)) as { id: string }).id;

const originOf = ({ headers }: LogRecord): string =>
  ['topic', 'partition', 'offset'].map((name) => headers[`x-dlq-${name}`]?.toString()).join('/');

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function* differences(what: string, expected: readonly string[], seen: readonly string[]): Generator<string> {
  const counts = countsOf(seen);
  for (const line of expected) {
    const count = counts.get(line) ?? 0;
    if (count !== 1) yield `${what} ${line}: seen ${count} times`;
    counts.delete(line);
  }
  for (const line of counts.keys()) yield `${what} ${line}: nobody asked for it`;
}
