import type { Offsets } from './event-log.port.js';
import type { FoldedBatch } from './fold-batch.js';
import { PartitionStopped } from './reconcile.js';

const WINDOW = 1_000;
const SHARE = 0.2;
const BROKEN_CUSTOMERS = 3;

type Judged = Pick<FoldedBatch, 'counts' | 'broken'>;

/** Tells a storm of dead letters, or rules that throw for many customers, from one bad record. */
export class StormGuard {
  #passed: { readonly records: number; readonly dead: number }[] = [];
  #accepted: Offsets = {};

  constructor(private readonly partition: number) {}

  /**
   * Checks a batch before anything of it is written. `next` holds the offsets at which it begins.
   * @throws PartitionStopped `storm`
   */
  check(batch: Judged, next: Offsets): void {
    if (this.#isAccepted(next)) return;
    const objection = this.#objection(batch);
    if (!objection) return;
    throw new PartitionStopped(
      this.partition,
      'storm',
      `partition ${this.partition}: ${objection}; nothing of this batch was applied. Mend the upstream or the definition, ` +
        `then \`perennial dlq accept --partition ${this.partition}\` lets the bad records go to the dead-letter topics.`,
    );
  }

  /** Remembers a batch that was applied; what a person accepted does not count against what follows. */
  passed({ counts }: Judged, from: Offsets): void {
    const dead = this.#isAccepted(from) ? 0 : counts.deadLetters;
    this.#passed = [...this.#recent(counts.records), { records: counts.records, dead }];
  }

  /** Up to these offsets a person has accepted what comes. */
  accept(until: Offsets): void {
    this.#accepted = until;
  }

  #isAccepted(from: Offsets): boolean {
    return Object.entries(this.#accepted).some(([topic, until]) => (from[topic] ?? 0) < until);
  }

  #objection({ counts, broken }: Judged): string | undefined {
    const customers = new Set(broken.map((b) => b.customer)).size;
    if (customers > BROKEN_CUSTOMERS)
      return `the rules threw for ${customers} customers in one batch (more than ${BROKEN_CUSTOMERS} are taken for a broken rule)`;
    const recent = this.#recent(counts.records);
    const dead = recent.reduce((sum, b) => sum + b.dead, counts.deadLetters);
    const records = recent.reduce((sum, b) => sum + b.records, counts.records);
    return dead > SHARE * Math.max(WINDOW, records)
      ? `${dead} of the last ${records} records are dead letters (more than ${100 * SHARE} % of ${Math.max(WINDOW, records)})`
      : undefined;
  }

  /** The latest batches that, with `next` records more, still touch the window. */
  #recent(next: number) {
    let room = WINDOW - next;
    let from = this.#passed.length;
    while (from > 0 && room > 0) room -= this.#passed[--from]?.records ?? 0;
    return this.#passed.slice(from);
  }
}
