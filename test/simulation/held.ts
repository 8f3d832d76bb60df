import type { CustomerDocument, LogRecord } from '#pipeline';

/** What a log and a store hold once nothing is under way, however it came there. */
export interface Held {
  readonly partitions: number;
  records(topic: string, partition: number): readonly LogRecord[];
  /** The next offset of the group, where it has committed. */
  committed(topic: string, partition: number): number | undefined;
  readonly documents: readonly CustomerDocument[];
}
