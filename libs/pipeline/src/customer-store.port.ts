import type { Brakes, CustomerState } from '#lifecycle';
import type { Offsets, OutboundRecord } from './event-log.port.js';
import type { LastRead } from './last-read.js';

/** What a task is about to do, written before it does it. A batch in doubt is redone with the very same slices. */
export interface Intent {
  readonly group: string;
  /** Batch number, from 1, without gaps. */
  readonly number: number;
  readonly from: Offsets;
  readonly to: Offsets;
  /** Event-time watermark of the batch and its recorded clock, ms since the epoch. */
  readonly watermark: number;
  readonly now: number;
  /** Content hash of the definition, and the rules revision. */
  readonly definition: string;
  readonly rules: number;
  /** By programme or `all`; absent where nothing was braked. */
  readonly brakes?: Brakes;
  /** Of each topic, the last record below `to` that a batch read; absent in what earlier versions wrote. */
  readonly lastRead?: readonly LastRead[];
}

/** One customer's document: state and outbox change together. */
export interface CustomerDocument {
  readonly id: string;
  readonly partition: number;
  /** Number of the batch that wrote it last: the write guard. */
  readonly batch: number;
  readonly state: CustomerState;
  /** That batch's outputs; empty where state and outputs are written in one transaction. */
  readonly outputs: readonly OutboundRecord[];
}

/**
 * - `written`: durable, by this call.
 * - `lostGuard`: the stored document's batch is not below this one's; nothing changed.
 * - `unknown`: no acknowledgement; read the document again, never assume.
 */
export type WriteOutcome = 'written' | 'lostGuard' | 'unknown';

export interface DueTimer {
  readonly customer: string;
  readonly name: string;
  readonly due: number;
}

export interface StoredDefinition {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  /** The YAML text. */
  readonly source: string;
}

/** Customers' documents and tasks' intents. Returned objects are copies. Every adapter passes `customerStoreContract`. */
export interface CustomerStore {
  /** Raises the task's epoch and reads its intent, in one step. Epochs start at 1. */
  claim(partition: number): Promise<{ readonly epoch: number; readonly intent?: Intent }>;
  /** Durable when it resolves. False when the epoch is no longer `epoch`; nothing changed then. */
  writeIntent(partition: number, epoch: number, intent: Intent): Promise<boolean>;
  /**
   * The documents of these customers; absent ones are missing from the map. Where `outputsOf` names a batch, documents that
   * another one wrote may come without their outputs.
   */
  load(ids: readonly string[], outputsOf?: number): Promise<ReadonlyMap<string, CustomerDocument>>;
  /** One unordered bulk of guarded writes, each whole or not at all, durable where `written`. */
  write(documents: readonly CustomerDocument[]): Promise<ReadonlyMap<string, WriteOutcome>>;
  /** Each customer's next timer of this partition with `due ≤ upTo`, earliest first. */
  due(partition: number, upTo: number, limit: number): Promise<readonly DueTimer[]>;
  /**
   * A page of this partition's customers, without erased ones, in an order of the store's own: those after `after`, or
   * from the first one where it is absent. Fewer than `limit` are the last.
   */
  customers(partition: number, after: string | undefined, limit: number): Promise<readonly string[]>;
  /** All documents, for tables and exports. */
  scan(): AsyncIterable<CustomerDocument>;
  /** Registers by content hash. @throws StoreError `definitionConflict` when name@version exists with another hash. */
  registerDefinition(definition: StoredDefinition): Promise<void>;
  definition(hash: string): Promise<StoredDefinition | undefined>;
  /** Registered under this name and version; there is at most one. */
  definitionNamed(name: string, version: number): Promise<StoredDefinition | undefined>;
  /** A named durable map for a subscriber's own records (a mailer's ledger, an address book). */
  records<T>(name: string): RecordMap<T>;
  close(): Promise<void>;
}

/** Durable when `put` resolves. Values are plain JSON data. */
export interface RecordMap<T> {
  get(key: string): Promise<T | undefined>;
  put(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
  /**
   * Replaces a value by what `change` makes of it, in one step, and returns that; of several at once none is lost. `change`
   * must not await, and may be called again. Where it throws, nothing changes.
   */
  update(key: string, change: (known: T | undefined) => T): Promise<T>;
  entries(): AsyncIterable<readonly [string, T]>;
}

/**
 * Where log and store share one database, a batch is one transaction: intent, documents, records and offsets, all or
 * nothing, durable when it resolves.
 * @throws LogError `fenced` when the epoch or the session is no longer the newest.
 */
export interface AtomicCommit {
  commit(batch: {
    readonly partition: number;
    readonly epoch: number;
    readonly intent: Intent;
    readonly documents: readonly CustomerDocument[];
    readonly records: readonly OutboundRecord[];
  }): Promise<void>;
}

export type StoreErrorCode = 'definitionConflict' | 'unreachable' | 'storage';

export class StoreError extends Error {
  readonly retriable: boolean;
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options: { cause?: unknown; retriable?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'StoreError';
    this.retriable = options.retriable ?? code === 'unreachable';
  }
}
