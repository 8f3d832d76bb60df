export {
  replayPartition,
  type PartitionState,
  type ReplayedBatch,
  type ReplayOptions,
} from './replay-partition.js';
export { rehearsePartition, type RehearsedEvent, type RehearseOptions } from './rehearse-partition.js';
export { Rehearsal, type Heard, type Hearer, type Side, type Standing } from './rehearsal.js';
export { asLive, RecordedClock, type Judge, type RehearsalClock } from './rehearsal-clock.js';
export { recordedOrder, type OrderEntry } from './recorded-order.js';
export { RecordedInputs } from './slice-reader.js';
export { TruncatedLog } from './truncated-log.js';
