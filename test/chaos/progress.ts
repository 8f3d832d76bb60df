import type { EventLog } from '#pipeline';
import { hasCaughtUp } from '../support/group-standing.js';

const LOOK_MS = 200;

/** Looks at the group's committed offsets, and says when they moved. */
export class Progress {
  /** By partition, the most that was ever seen: right after its start a broker may answer with less. */
  readonly #most: number[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly group: string,
    private readonly topics: readonly string[],
  ) {}

  /** By partition, the sum over topics; undefined while nobody answers. */
  async look(): Promise<readonly number[] | undefined> {
    try {
      const offsets = Object.values(await this.log.groupOffsets(this.group, this.topics));
      const partitions = Math.max(...offsets.map((all) => all.length));
      const sums = Array.from({ length: partitions }, (_, p) =>
        offsets.reduce((sum, all) => sum + Math.max(0, all[p] ?? 0), 0),
      );
      for (const [p, sum] of sums.entries()) this.#most[p] = Math.max(sum, this.#most[p] ?? 0);
      return sums;
    } catch {
      return undefined;
    }
  }

  /**
   * Resolves with the ms since `since` when each of these partitions has committed more than at the first look from now on, and
   * more than was ever seen.
   * @throws when `ms` have passed.
   */
  async recovered(partitions: readonly number[], since: number, ms: number): Promise<number> {
    let before: readonly number[] | undefined;
    const waiting = new Set(partitions);
    while (waiting.size > 0) {
      if (Date.now() - since > ms)
        throw new Error(`no progress of partitions ${[...waiting].join(', ')} in ${ms} ms`);
      const now = await this.look();
      if (now) before ??= [...this.#most];
      for (const partition of waiting)
        if ((now?.[partition] ?? 0) > (before?.[partition] ?? Infinity)) waiting.delete(partition);
      if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return Date.now() - since;
  }

  /** Everything in the topics is committed. */
  async complete(): Promise<boolean> {
    try {
      return await hasCaughtUp(this.log, this.group, this.topics);
    } catch {
      return false;
    }
  }
}
