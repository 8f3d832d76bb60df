/** One way to break the protocol: a piece of source text and what stands there instead. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The first seed that meets it, where that is not among the first few. */
  readonly first?: number;
  /** Where the first seeds of the usual extent do not meet it. */
  readonly extent?: readonly string[];
}

const pipeline = (file: string) => `libs/pipeline/src/${file}.ts`;

/** Longer lives with more faults. */
const long = ['--events', '60', '--faults', '12'];

/** Each breaks the guarantee somewhere; the simulation must notice every one. */
export const mutations: readonly Mutation[] = [
  {
    name: 'commits to the log before the store has the documents',
    file: pipeline('commit-batch'),
    from: '  const documents = await writeDocuments(store, batch.documents, intent.number);\n  await session.commit(recordsOf({ documents, rest: batch.rest }), intent.to);',
    to: '  await session.commit(recordsOf(batch), intent.to);\n  const documents = await writeDocuments(store, batch.documents, intent.number);',
  },
  {
    name: 'writes documents without a guard',
    file: 'libs/in-memory/src/store.ts',
    from: '(stored?.batch ?? -1) < document.batch',
    to: 'true',
    extent: long,
    first: 302,
  },
  {
    name: 'fences no earlier owner in the log',
    file: 'libs/in-memory/src/cluster.ts',
    from: 'this.#producers.get(name) !== epoch',
    to: 'false',
  },
  {
    name: 'drops the outbox before the log has it',
    file: pipeline('commit-batch'),
    from: 'await store.write(open)',
    to: 'await store.write(open.map((d) => ({ ...d, outputs: [] })))',
  },
  {
    name: 'commits the offset of the last record, not the next',
    file: pipeline('alignment'),
    from: ': Math.max(buffer.position ?? 0, (buffer.records[count - 1]?.record.offset ?? 0) + 1)',
    to: ': (buffer.records[count - 1]?.record.offset ?? 0)',
  },
  {
    name: 'publishes dead letters and re-routed records outside the transaction',
    file: pipeline('commit-batch'),
    from: '  await session.commit(recordsOf({ documents, rest: batch.rest }), intent.to);',
    to: '  await session.commit(batch.rest, {});\n  await session.commit(recordsOf({ documents, rest: [] }), intent.to);',
  },
  {
    name: 'does not look at the answer of an overtaken epoch',
    file: pipeline('commit-batch'),
    from: 'if (!redo && !(await store.writeIntent(partition, epoch, intent)))',
    to: 'if (!redo && !(await store.writeIntent(partition, epoch, intent)) && false)',
  },
  {
    name: 'writes no intent',
    file: pipeline('commit-batch'),
    from: 'if (!redo && !(await store.writeIntent(partition, epoch, intent)))',
    to: 'if (!redo && false)',
  },
  {
    name: 'does a batch in doubt again with other slices',
    file: pipeline('attempt'),
    from: 'this.#redo = redo;',
    to: 'this.#redo = redo && undefined;',
  },
  {
    name: 'takes a batch in doubt for done',
    file: pipeline('reconcile'),
    from: 'const redo = intent && !isAt(intent.to) ? intent : undefined;',
    to: 'const redo = undefined as Intent | undefined;',
  },
  {
    name: 'assumes that a write without an answer was done',
    file: pipeline('commit-batch'),
    from: "outcomes.get(d.id) !== 'written'",
    to: "outcomes.get(d.id) === 'lostGuard'",
    extent: long,
    first: 36,
  },
  {
    name: 'keeps the cache over a change of owner',
    file: pipeline('attempt'),
    from: 'this.#cache = new CustomerCache(deps.limits.cachedCustomers);',
    to: 'const kept = deps.store as unknown as Record<string, CustomerCache>; this.#cache = kept[`kept${deps.partition}`] ??= new CustomerCache(deps.limits.cachedCustomers);',
    extent: long,
    first: 30,
  },
  {
    name: 'claims the store before it has fenced the log',
    file: pipeline('attempt'),
    from: '    const session = await log.openSession(group, partition, topics);\n    try {\n      const { epoch, intent } = await store.claim(partition);',
    to: '    const { epoch, intent } = await store.claim(partition);\n    const session = await log.openSession(group, partition, topics);\n    try {',
    extent: long,
    first: 1778,
  },
  {
    name: 'gives two batches the same number',
    file: pipeline('attempt'),
    from: 'number: this.#done + 1',
    to: 'number: this.#done + (this.#done % 3 === 1 ? 0 : 1)',
  },
  {
    name: 'forgets the outputs of customers written by an earlier attempt',
    file: pipeline('fold-batch'),
    from: 'outputs: done ? [...document.outputs] : []',
    to: 'outputs: []',
  },
  {
    name: 'drops records that belong to another partition',
    file: pipeline('fold-batch'),
    from: 'loose.push(reroute(item.record, event.subject, place.partition, context.prefix));',
    to: '',
  },
  {
    name: 'drops what cannot be decoded',
    file: pipeline('fold-batch'),
    from: "loose.push(reject(item, 'decode', item.decoded.errorClass, item.decoded.message));",
    to: '',
  },
  {
    name: 'folds in the order of arrival',
    file: pipeline('fold-batch'),
    from: '(a, b) => a.at - b.at ||',
    to: '(a, b) =>',
  },
  {
    name: 'takes records that it was handed before once more',
    file: pipeline('topic-buffer'),
    from: 'if (record.offset >= from) this.#fresh.push',
    to: 'if (record.offset >= 0) this.#fresh.push',
    extent: long,
    first: 142,
  },
  {
    name: 'forgets which events it has folded',
    file: 'libs/lifecycle/src/seen.ts',
    from: 'entryOf(shelves[shelfOf(hash)]!, hash, width) >= 0',
    to: 'entryOf(shelves[shelfOf(hash)]!, hash, width) >= 1e9',
  },
  {
    name: 'does a batch in doubt again under the definition that is now in force',
    file: pipeline('attempt'),
    from: 'intent.definition === lifecycle.definition.hash ? lifecycle : await lifecycleOf(intent.definition)',
    to: 'intent.definition === lifecycle.definition.hash ? lifecycle : (await lifecycleOf(intent.definition), lifecycle)',
    extent: long,
    first: 9,
  },
  {
    name: 'does a batch in doubt again by the clock of now',
    file: pipeline('attempt'),
    from: 'await this.#fold(batch, intent, rules)',
    to: 'await this.#fold(batch, { ...intent, now: this.deps.clock.now() }, rules)',
    extent: long,
    first: 3,
  },
  {
    name: 'does a batch in doubt again under the brakes that are now in force',
    file: pipeline('attempt'),
    from: 'await this.#fold(batch, intent, rules)',
    to: 'await this.#fold(batch, Object.assign({ ...intent }, { brakes: controls.current.brakes }), rules)',
    extent: long,
    first: 42,
  },
  {
    name: 'reads what no majority has',
    file: 'libs/in-memory/src/store.ts',
    from: "this.database.read<CustomerDocument>('customers', id)",
    to: "this.database.current<CustomerDocument>('customers', id)",
    extent: long,
    first: 1801,
  },
  {
    name: 'takes a write for durable before a majority has it',
    file: 'libs/in-memory/src/store.ts',
    from: 'if (!this.database.acknowledge(term))',
    to: 'if (!this.database.acknowledge(term) && term < 0)',
    extent: long,
    first: 9,
  },
  {
    name: 'lets the watermark go back at a change of owner',
    file: pipeline('attempt'),
    from: 'inputs.watermark.restore(intent?.watermark ?? 0);',
    to: 'inputs.watermark.restore(0);',
    extent: long,
    first: 17,
  },
  {
    name: 'moves the offsets in a transaction of their own',
    file: pipeline('commit-batch'),
    from: '  await session.commit(recordsOf({ documents, rest: batch.rest }), intent.to);',
    to: '  await session.commit(recordsOf({ documents, rest: batch.rest }), {});\n  await session.commit([], intent.to);',
  },
  {
    name: 'fires no timer for customers who stay silent',
    file: pipeline('attempt'),
    from: 'return this.#timers.publishDue(upTo, now);',
    to: 'return (await Promise.resolve(0)) * upTo;',
    extent: long,
    first: 8,
  },
];
