import type { RecordMap } from '#pipeline';

/** When a mail was accepted, ms since the epoch. */
export interface Sent {
  readonly at: number;
}

/** Which actions' mails were accepted. Nothing is ever taken out: a sent action is never mailed again. */
export class Ledger {
  constructor(private readonly entries: RecordMap<Sent>) {}

  find(actionId: string): Promise<Sent | undefined> {
    return this.entries.get(actionId);
  }

  enter(actionId: string, sent: Sent): Promise<void> {
    return this.entries.put(actionId, sent);
  }
}
