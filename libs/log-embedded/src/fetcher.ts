import type { Fetched, LogRecord, PartitionTask } from '#pipeline';
import type { AppendSignal } from './append-signal.js';

/** One topic partition to fetch from. */
export interface Source {
  readonly topic: string;
  /** Its name for `AppendSignal`. */
  readonly place: string;
  /** Where to begin. */
  start(): number;
  end(): number;
  read(from: number, to: number): readonly LogRecord[];
}

/**
 * Hands one topic's records to a task until the signal is aborted, never two pushes at once. The first push is empty,
 * so that the task knows its lag before any record.
 * @throws what reading or the task throws.
 */
export async function fetchInto(
  task: PartitionTask,
  source: Source,
  appends: AppendSignal,
  signal: AbortSignal,
): Promise<void> {
  let position = source.start();
  const push = (fetched: Fetched): Promise<void> => unlessAborted(task.push(fetched), signal);
  const { topic } = source;
  if (!signal.aborted) await push({ topic, records: [], position, end: source.end() });
  while (!signal.aborted) {
    await appends.wait(source.place, () => source.end() > position, signal);
    if (signal.aborted) return;
    const end = source.end();
    const records = source.read(position, end);
    position = (records.at(-1)?.offset ?? position - 1) + 1;
    await push({ topic, records, position, end });
  }
}

/**
 * The work's outcome; resolves before it when the signal is aborted. A race with one promise for all would keep something of every
 * push for as long as the task lives.
 */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
