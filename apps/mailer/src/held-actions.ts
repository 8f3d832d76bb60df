import type { LogRecord, RecordMap } from '#pipeline';
import type { ActionRequested } from './action.js';

/** An action that waits: its record as it came, when to try again (ms), and how often it was deferred. */
export interface Held {
  readonly customer: string;
  readonly until: number;
  readonly deferrals: number;
  readonly record: StoredRecord;
}

export type StoredRecord = Omit<LogRecord, 'key' | 'value' | 'headers'> & {
  /** Base64. */
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** Actions that cannot be mailed yet wait here, durably, so that they hold up nobody behind them. */
export class HeldActions {
  constructor(private readonly entries: RecordMap<Held>) {}

  async has(actionId: string): Promise<boolean> {
    return (await this.entries.get(actionId)) !== undefined;
  }

  hold(action: ActionRequested, record: LogRecord, until: number, deferrals: number): Promise<void> {
    const { subject: customer, data } = action;
    return this.entries.put(data.actionId, { customer, until, deferrals, record: stored(record) });
  }

  release(actionId: string): Promise<void> {
    return this.entries.delete(actionId);
  }

  /** Those due by `now` in these partitions. */
  async due(now: number, partitions: readonly number[]): Promise<readonly (readonly [string, Held])[]> {
    const due: (readonly [string, Held])[] = [];
    for await (const [actionId, held] of this.entries.entries())
      if (held.until <= now && partitions.includes(held.record.partition)) due.push([actionId, held]);
    return due.sort(([, a], [, b]) => a.until - b.until);
  }

  async forget(customer: string): Promise<void> {
    const theirs: string[] = [];
    for await (const [actionId, held] of this.entries.entries())
      if (held.customer === customer) theirs.push(actionId);
    for (const actionId of theirs) await this.entries.delete(actionId);
  }
}

function stored({ key, value, headers, ...place }: LogRecord): StoredRecord {
  const text = (bytes: Buffer | null) => bytes && bytes.toString('base64');
  return {
    ...place,
    key: text(key),
    value: text(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, v]) => [name, v.toString('base64')])),
  };
}

export function recordOf({ key, value, headers, ...place }: StoredRecord): LogRecord {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'base64'));
  return {
    ...place,
    key: bytes(key),
    value: bytes(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, v]) => [name, Buffer.from(v, 'base64')])),
  };
}
