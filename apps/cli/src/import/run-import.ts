import { encodeEvent } from '#contracts';
import type { RecordMap } from '#pipeline';
import type { Publisher } from '../publish/publisher.js';
import type { Terminal } from '../terminal.js';
import type { Dataset, ImportedEvent } from './dataset.js';
import { earlierImport, ledgerKey, type ImportProgress } from './ledger.js';
import { madeUpPerson } from './made-up-people.js';
import { Rejects } from './rejects.js';
import { wholeWeeks } from './shift.js';

export interface ImportOptions {
  readonly assumeConsent: boolean;
  /** Move the data by whole weeks so that they end no later than this, ms; without it they stay where they are. */
  readonly shiftTo?: number | undefined;
  /** Ends the import after the chunk under way. */
  readonly signal?: AbortSignal;
}

export interface ImportDeps {
  readonly publisher: Publisher;
  readonly ledger: RecordMap<ImportProgress>;
  readonly terminal: Terminal;
  readonly now: () => number;
}

export interface ImportReport {
  readonly published: number;
  readonly rejected: number;
  /** Events that earlier runs published, so not again. */
  readonly skipped: number;
  readonly shiftMs: number;
  readonly seconds: number;
  readonly interrupted: boolean;
}

const chunk = 1_000;
const week = 7 * 24 * 3_600_000;

/**
 * Publishes a dataset from where the ledger says an earlier run stopped, moved by the same weeks as the first. The
 * ledger is written after each chunk is durable in the log; a crash between the two repeats at most two chunks, under
 * the same ids.
 */
export async function runImport(
  dataset: Dataset,
  { assumeConsent, shiftTo, signal }: ImportOptions,
  { publisher, ledger, terminal, now }: ImportDeps,
): Promise<ImportReport> {
  const started = now();
  const rejects = new Rejects(terminal);
  const key = await ledgerKey(dataset);
  const before = await ledger.get(key);
  const earlier = before ?? (await earlierImport(ledger, dataset.name));
  const shiftMs = earlier?.shiftMs ?? (shiftTo === undefined ? 0 : wholeWeeks(dataset.end, shiftTo));
  if (shiftMs !== 0)
    terminal.say(
      `${dataset.name} is moved by ${shiftMs / week} weeks${earlier ? ', as at its first import' : ''}.`,
    );
  if (earlier !== undefined && before === undefined)
    terminal.say(
      `These are not the very files imported before: the engine drops the events that it still remembers.`,
    );

  const skipped = before?.rows ?? 0;
  const done = { rows: skipped, consented: before?.consented ?? 0 };
  let saved: Promise<void> = Promise.resolve();
  /** Resolves when the chunk before is in the ledger, so that one is written while the next is read. */
  const save = async (finished: boolean) => {
    const before = saved;
    const progress = { dataset: dataset.name, ...done, shiftMs, finished };
    saved = Promise.all([before, publisher.flush()]).then(() => ledger.put(key, progress));
    saved.catch(() => undefined);
    await before;
  };
  const customers = new Set<string>();
  let row = 0;
  let published = 0;
  let interrupted = false;

  for await (const event of dataset.events(rejects.add)) {
    row += 1;
    const due: ImportedEvent[] = [];
    const isNew = !customers.has(event.subject);
    customers.add(event.subject);
    if (assumeConsent && row > done.consented) {
      if (isNew) due.push(...madeUpPerson(event, dataset.name, dataset.zone));
      done.consented = row;
    }
    if (row > done.rows) {
      due.push(event);
      done.rows = row;
    }
    for (const item of due) {
      const problem = await publisher.add(encode(item, dataset.source, shiftMs));
      if (problem === undefined) published += 1;
      else rejects.add({ file: dataset.name, line: row, problem: `${item.id}: ${problem}` });
    }
    if (due.length > 0 && row % chunk === 0) {
      await save(false);
      terminal.progress(`${row.toLocaleString('en')} events imported, up to ${day(event.at + shiftMs)}`);
      interrupted = signal?.aborted === true;
      if (interrupted) break;
    }
  }
  if (published > 0) await save(!interrupted);
  await saved;
  const seconds = Math.max(0.001, (now() - started) / 1_000);
  return { published, rejected: rejects.count, skipped, shiftMs, seconds, interrupted };
}

function encode({ id, type, subject, at, data }: ImportedEvent, source: string, shiftMs: number): Buffer {
  const time = new Date(at + shiftMs).toISOString();
  return Buffer.from(encodeEvent({ specversion: '1.0', id, source, type, subject, time, data }));
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
