import type { Brakes } from '#lifecycle';
import type { BatchCounts } from './order-record.js';
import type { Tally } from './tally.js';

/** - `stopped`: waits for a person; `reason` names positions and ways out. - `retrying`: an attempt failed, the next follows. */
export interface TaskStatus {
  readonly partition: number;
  readonly state: 'starting' | 'running' | 'retrying' | 'stopped';
  readonly reason?: string;
  /** Nothing is left to fold, and no timer is due. */
  readonly quiet: boolean;
  readonly batches: number;
  /** How often it was begun, the present time included. */
  readonly attempts: number;
  /** Records fetched or known, and not yet committed. */
  readonly lag: number;
  /** ms since the epoch. */
  readonly watermark: number;
  readonly progressAt: number;
}

/** What a task tells whoever counts and logs. */
export type TaskEvent =
  | {
      readonly kind: 'batch';
      readonly partition: number;
      readonly counts: BatchCounts;
      readonly tally: Tally;
      readonly commitMs: number;
      readonly foldErrors: readonly { readonly customer: string; readonly error: unknown }[];
    }
  /** Another definition or other brakes are in force for this engine. */
  | { readonly kind: 'controls'; readonly definition: string; readonly brakes: Brakes }
  | { readonly kind: 'waiting'; readonly partition: number; readonly topic: string }
  | { readonly kind: 'retry'; readonly partition: number; readonly reason: string; readonly failures: number }
  | { readonly kind: 'stopped'; readonly partition: number; readonly reason: string };
