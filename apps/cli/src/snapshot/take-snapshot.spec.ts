import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeEvent, inputTopics, orderTopic, structuredHeaders, topicSpecs } from '#contracts';
import { bundledDefinition, createLifecycle, loadDefinition } from '#lifecycle';
import { defaultLimits, Engine, systemClock, type CustomerDocument, type EventLog } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { temporaryFolder, until } from '#testing';
import { manifestName } from './format.js';
import { readSnapshot } from './read-snapshot.js';
import { takeSnapshot } from './take-snapshot.js';

const partitions = 1;
const lifecycle = createLifecycle(loadDefinition(bundledDefinition()), () => ({ code: 'X', keyId: 'k' }));
const lifecycleOf = () => Promise.resolve(lifecycle);
const day = 86_400_000;

const orders = (fromDay: number, toDay: number, customers: number) =>
  Array.from({ length: customers }, (_, who) =>
    Array.from({ length: toDay - fromDay }, (_, i) => fromDay + i)
      .filter((at) => at % (3 + who) === 0)
      .map((at) => ({ who, at })),
  )
    .flat()
    .sort((a, b) => a.at - b.at)
    .map(({ who, at }) => ({
      topic: 'purchase.events.v1',
      key: `c-${who}`,
      headers: structuredHeaders,
      value: encodeEvent({
        ...{ specversion: '1.0', id: `o-${who}-${at}`, source: '/shop', type: 'order.completed.v1' },
        ...{ subject: `c-${who}`, time: new Date(Date.now() - (200 - at) * day).toISOString() },
        data: { orderId: `o-${who}-${at}`, total: 20, currency: 'USD', products: [] },
      }),
    }));

async function folds({ log, store, atomic }: Embedded, records: ReturnType<typeof orders>): Promise<void> {
  await log.publish(records);
  const engine = new Engine({
    ...{ log, store, atomic, clock: systemClock, random: Math.random, group: 'engines', partitions },
    ...{ topics: [...inputTopics], prefix: '', lifecycle, lifecycleOf, limits: defaultLimits },
    observe: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  await engine.start();
  engine.settle();
  await until('the engine is quiet', 60_000, () => {
    const { tasks } = engine.status();
    return tasks.length > 0 && tasks.every((task) => task.quiet);
  });
  await engine.stop();
}

async function documents({ store }: Embedded): Promise<CustomerDocument[]> {
  const found: CustomerDocument[] = [];
  for await (const document of store.scan()) found.push(document);
  return found;
}

test('documents that were read while an engine was at work are all brought to one batch', async () => {
  const embedded = await openEmbedded({ path: temporaryFolder('snapshot-log') });
  try {
    const { log, store } = embedded;
    await log.createTopics(topicSpecs('', partitions));
    await folds(embedded, orders(0, 60, 6));
    const early = await documents(embedded);
    const earlyEnd = (await log.range(orderTopic))[0]!.end;
    await folds(embedded, orders(60, 190, 8));
    const late = await documents(embedded);
    expect(early).toHaveLength(6);
    expect(late).toHaveLength(8);

    // As if the scan had begun before the second load: some were read before it, some after, two came only then.
    const read = [
      ...early.slice(0, 3),
      ...late.filter(({ id }) => early.slice(3).some((it) => it.id === id)),
    ];
    const folder = join(temporaryFolder('snapshot'), 'taken');
    mkdirSync(folder);
    const files = await takeSnapshot({
      ...{ log: begunAt(log, earlyEnd), prefix: '', folder, partitions, lifecycleOf },
      store: { ...store, scan: () => scanOf(read) },
      progress: () => undefined,
    });
    writeFileSync(
      join(folder, manifestName),
      JSON.stringify({ format: 'perennial-snapshot', version: 1, topicPrefix: '', partitions, files }),
    );

    const newest = Math.max(...read.map(({ batch }) => batch));
    const { number, customers } = await (await readSnapshot(folder, '', partitions)).partition(0);
    expect(number).toBe(newest);
    const taken = new Map([...customers].map((document) => [document.id, document.state]));
    for (const { id, batch, state } of late) if (batch <= newest) expect(taken.get(id)).toEqual(state);
    expect(taken.size).toBeGreaterThan(6);
  } finally {
    await embedded.close();
  }
}, 120_000);

async function* scanOf(read: readonly CustomerDocument[]) {
  yield* read;
}

/** The log as it was at first: the order topic ended there when the snapshot began. */
function begunAt(log: EventLog, end: number): EventLog {
  let asked = 0;
  const range: EventLog['range'] = async (topic) => {
    const ranges = await log.range(topic);
    return topic === orderTopic && asked++ === 0 ? ranges.map((it) => ({ ...it, end })) : ranges;
  };
  return Object.assign(Object.create(log) as EventLog, { range });
}
