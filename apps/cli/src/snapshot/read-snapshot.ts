import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CustomerState } from '#lifecycle';
import type { CustomerDocument, PartitionState } from '#pipeline';
import { Failure } from '../failure.js';
import { bytesOf, linesOf } from '../lines.js';
import { manifestName, type Manifest, type SnapshotLine } from './format.js';

/** A partition's customers, and how far the batch had come of which they are; absent where nothing was folded. */
export interface BegunPartition extends PartitionState {
  readonly customers: readonly CustomerDocument[];
  readonly reached?: { readonly watermark: number; readonly definition: string };
}

/** A snapshot's folder, to begin a replay with. */
export interface Snapshot {
  readonly manifest: Manifest;
  /** One partition's customers, its file checked. @throws Failure naming the file and what is wrong with it. */
  partition(partition: number): Promise<BegunPartition>;
}

/** @throws Failure where it is none, or one of another log. */
export async function readSnapshot(
  folder: string,
  topicPrefix: string,
  partitions: number,
): Promise<Snapshot> {
  const path = join(folder, manifestName);
  const manifest = parse(await readFile(path, 'utf8')) as Partial<Manifest> | undefined;
  if (manifest?.format !== 'perennial-snapshot' || manifest.version !== 1)
    throw new Failure(`${path}: is no manifest of a snapshot, version 1`);
  const whole = manifest as Manifest;
  if (whole.partitions !== partitions || whole.topicPrefix !== topicPrefix)
    throw new Failure(
      `${path}: is of ${whole.partitions} partitions under the prefix '${whole.topicPrefix}', ` +
        `this log has ${partitions} under '${topicPrefix}'`,
    );
  return { manifest: whole, partition: (partition) => partitionState(folder, whole, partition) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const longestLine = 16_000_000;

async function partitionState(
  folder: string,
  manifest: Manifest,
  partition: number,
): Promise<BegunPartition> {
  const entry = manifest.files.find((file) => file.partition === partition);
  if (!entry) throw new Failure(`${join(folder, manifestName)}: holds no partition ${partition}`);
  const path = join(folder, entry.file);
  const hash = createHash('sha256');
  const customers: CustomerDocument[] = [];
  for await (const { bytes, number } of linesOf(hashed(path, hash), longestLine)) {
    const line = bytes && (parse(bytes.toString()) as SnapshotLine | undefined);
    if (!line) throw new Failure(`${path}:${number}: is no document`);
    const state = line.state as CustomerState;
    customers.push({ id: line.id, partition, batch: line.batch, state, outputs: [] });
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== entry.sha256)
    throw new Failure(
      `${path}: its content hash is ${sha256}, the manifest says ${entry.sha256}: it was changed`,
    );
  const { batch: number, watermark, definition } = entry;
  if (watermark === undefined || definition === undefined) return { number, customers };
  return { number, customers, reached: { watermark: Date.parse(watermark), definition } };
}

async function* hashed(path: string, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytesOf(path)) {
    hash.update(chunk);
    yield chunk;
  }
}
