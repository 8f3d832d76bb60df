import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '#pipeline';

const pollMs = 50;
/** A group that moves nothing for so long has come as far as it can: control records may fill a topic's end. */
const stalledMs = 5_000;

/**
 * An action may overtake the profile update that it rests on, since the two stand on different topics. The update was
 * published first; so once the group has committed the profile topic up to where it ends now, an address that is still
 * unknown is not known at all.
 */
export class BookIsCurrent {
  #stalled = '';

  constructor(
    private readonly log: EventLog,
    private readonly group: string,
    private readonly topic: string,
  ) {}

  /** @throws retriable, when `signal` ends the wait. */
  async wait(signal: AbortSignal): Promise<void> {
    const ranges = await this.log.range(this.topic);
    let position = '';
    let movedAt = performance.now();
    for (;;) {
      const committed = (await this.log.groupOffsets(this.group, [this.topic]))[this.topic] ?? [];
      const behind = ranges.filter(({ start, end }, i) => end > start && (committed[i] ?? -1) < end);
      if (behind.length === 0) return;
      const seen = JSON.stringify([ranges, committed]);
      if (seen === this.#stalled) return;
      if (seen !== position) [position, movedAt] = [seen, performance.now()];
      else if (performance.now() - movedAt > stalledMs) this.#stalled = seen;
      await sleep(pollMs, undefined, { signal }).catch((cause: unknown) => {
        throw Object.assign(new Error('stopped while waiting for profile updates', { cause }), {
          retriable: true,
        });
      });
    }
  }
}
