import type { Offsets } from '#pipeline';

/** `manifest.json` of a snapshot's folder. docs/replay.md describes it. */
export interface Manifest {
  readonly format: 'perennial-snapshot';
  readonly version: 1;
  /** RFC 3339 */
  readonly taken: string;
  readonly topicPrefix: string;
  readonly partitions: number;
  readonly files: readonly SnapshotFile[];
}

/** One partition: every customer's document as of a batch, one a line, as JSON. */
export interface SnapshotFile {
  readonly partition: number;
  /** Name within the folder. */
  readonly file: string;
  readonly sha256: string;
  readonly customers: number;
  /** Number of the batch; 0 before the first. */
  readonly batch: number;
  /** Event time up to which that batch had come, RFC 3339; absent before the first. */
  readonly watermark?: string;
  /** By input topic, the next offset after that batch; absent before the first. */
  readonly offsets?: Offsets;
  readonly group?: string;
  /** Content hash of the definition that decided it, and the rules revision. */
  readonly definition?: string;
  readonly rules?: number;
}

/** A line of a partition's file: a document without its outputs, which are in the log. */
export interface SnapshotLine {
  readonly id: string;
  readonly batch: number;
  readonly state: unknown;
}

export const manifestName = 'manifest.json';
export const partitionFile = (partition: number): string =>
  `partition-${String(partition).padStart(4, '0')}.ndjson`;
