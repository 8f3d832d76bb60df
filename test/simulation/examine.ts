import { isDeepStrictEqual } from 'node:util';
import { inputTopics, outputTopics } from '#contracts';
import type { CustomerDocument, LogRecord } from '#pipeline';
import { MemoryStore } from '#in-memory';
import { refold } from './refold.js';
import { partitions } from './story.js';
import { group, type World } from './world.js';

/** Compares what is in log and store with what an independent fold says must be there. */
export async function examine(world: World): Promise<{ broken: readonly string[]; batches: number }> {
  const store = new MemoryStore(world.database);
  const broken: string[] = [];
  const stored = new Map<string, CustomerDocument>();
  for await (const document of store.scan()) stored.set(document.id, document);
  let batches = 0;
  const published = new Map<string, readonly LogRecord[]>();
  for (const topic of [...outputTopics, ...inputTopics.map((name) => `${name}.dlq`)]) {
    const records: LogRecord[] = [];
    for (let p = 0; p < partitions; p++) records.push(...world.cluster.partition(topic, p));
    published.set(topic, records);
  }

  const expected = { outputs: [] as string[], letters: [] as string[], strays: [] as string[] };
  for (let p = 0; p < partitions; p++) {
    const fold = await refold(world.cluster, p);
    batches += fold.batches;
    broken.push(...fold.broken);
    expected.outputs.push(...fold.outputs);
    expected.letters.push(...fold.letters);
    expected.strays.push(...fold.strays);
    for (const topic of inputTopics) {
      const end = world.cluster.partition(topic, p).length;
      const committed = world.cluster.committed(group, topic, p) ?? 0;
      if (committed !== end) broken.push(`${topic}/${p}: committed ${committed} of ${end}`);
      if ((fold.covered[topic] ?? 0) !== committed)
        broken.push(`${topic}/${p}: batches cover ${fold.covered[topic] ?? 0}, committed is ${committed}`);
    }
    for (const [id, state] of fold.states) {
      const document = stored.get(id);
      if (!document) broken.push(`${id}: no document`);
      else if (
        !isDeepStrictEqual(JSON.parse(JSON.stringify(document.state)), JSON.parse(JSON.stringify(state)))
      )
        broken.push(`${id}: the stored state is not that of its events`);
      stored.delete(id);
      // What stands in the outbox was published.
      for (const { value } of document?.outputs ?? [])
        if (![...published.values()].some((all) => all.some((it) => it.value?.toString() === String(value))))
          broken.push(`${id}: an output is left in the outbox`);
    }
  }
  for (const id of stored.keys()) broken.push(`${id}: a document without events`);

  const inbox = Array.from({ length: partitions }, (_, p) =>
    world.cluster.partition('lifecycle.inbox.v1', p).map(({ value }) => value!.toString()),
  ).flat();
  for (const [stray, count] of countsOf(expected.strays)) {
    const found = inbox.filter((value) => value === stray).length;
    if (found !== count) broken.push(`a stray record came home ${found} times, not ${count}: ${stray}`);
  }
  const ids = outputTopics.flatMap((topic) =>
    (published.get(topic) ?? []).map(({ value }) => (JSON.parse(value!.toString()) as { id: string }).id),
  );
  for (const [id, count] of countsOf(ids)) if (count > 1) broken.push(`output ${id}: ${count} times`);

  const seen = outputTopics.flatMap((topic) => lines(topic, published.get(topic) ?? []));
  broken.push(...differences('output', expected.outputs, seen));
  const letters = inputTopics.flatMap((topic) => (published.get(`${topic}.dlq`) ?? []).map(originOf));
  broken.push(...differences('dead letter', expected.letters, letters));
  return { broken, batches };
}

/** Each customer's outputs of one topic in order: `TOPIC SUBJECT n ID`. */
function lines(topic: string, records: readonly LogRecord[]): string[] {
  const counts = new Map<string, number>();
  return records.map(({ key, value }) => {
    const { id } = JSON.parse(value!.toString()) as { id: string };
    const of = key!.toString();
    const n = (counts.get(of) ?? 0) + 1;
    counts.set(of, n);
    return `${topic} ${of} ${n} ${id}`;
  });
}

const originOf = ({ headers }: LogRecord): string =>
  ['topic', 'partition', 'offset'].map((name) => headers[`x-dlq-${name}`]?.toString()).join('/');

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function differences(what: string, expected: readonly string[], seen: readonly string[]): string[] {
  const broken: string[] = [];
  const counts = new Map(countsOf(seen));
  for (const line of expected) {
    const count = counts.get(line) ?? 0;
    if (count !== 1) broken.push(`${what} ${line}: seen ${count} times`);
    counts.delete(line);
  }
  for (const line of counts.keys()) broken.push(`${what} ${line}: nobody asked for it`);
  return broken;
}
