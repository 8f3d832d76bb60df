/** What an engine asks of log and store while it serves partitions. */
export const calls = [
  'log.join',
  'log.publish',
  'log.range',
  'log.read',
  'session.open',
  'session.committed',
  'session.commit',
  'store.claim',
  'store.writeIntent',
  'store.load',
  'store.write',
  'store.due',
  'store.customers',
  'records.get',
  'records.update',
] as const;

export type Call = (typeof calls)[number];

/** Where a process awaits: its request is on its way, the answer is on its way, or it waits for records. */
export type Point = `${Call} ${'sent' | 'done'}` | 'fetch';

export const points: readonly Point[] = [
  'fetch',
  ...calls.flatMap((call) => [`${call} sent`, `${call} done`] as const),
];

/** Calls that change something: these can also arrive twice, or late. */
export const changes = [
  'log.publish',
  'session.open',
  'session.commit',
  'store.claim',
  'store.writeIntent',
  'store.write',
  'records.update',
] as const satisfies readonly Call[];

/** Writes to the store that a deposed primary loses where no majority had them. */
export const storeWrites = [
  'store.claim',
  'store.writeIntent',
  'store.write',
  'records.update',
] as const satisfies readonly Call[];

/** In the middle of a batch, from its fold to the answer of its commit. */
export const midBatch: readonly Point[] = [
  'store.load done',
  'store.writeIntent sent',
  'store.writeIntent done',
  'store.write sent',
  'store.write done',
  'session.commit sent',
  'session.commit done',
];

/** A task's start, step by step, and its first batch up to the answer of its commit. */
export const start: readonly Point[] = [
  'session.open sent',
  'session.open done',
  'store.claim sent',
  'store.claim done',
  'records.get sent',
  'records.get done',
  'session.committed sent',
  'session.committed done',
  'log.range sent',
  'log.range done',
  'log.read sent',
  'log.read done',
  'store.load sent',
  'store.load done',
  'store.writeIntent sent',
  'store.writeIntent done',
  'store.write sent',
  'store.write done',
  'session.commit sent',
  'session.commit done',
];
