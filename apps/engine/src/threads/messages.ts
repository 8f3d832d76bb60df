import type { Config } from '#config';
import type { EngineStatus, TaskEvent, TaskLimits } from '#pipeline';

/** What a thread is begun with. */
export interface ThreadSettings {
  readonly config: Config;
  readonly partitions: number;
  readonly limits?: Partial<TaskLimits> | undefined;
  /** See `EngineOptions.stallMs`. */
  readonly stallMs?: number | undefined;
}

export type ToThread = 'settle' | 'stop';

/** Plain data, as threads pass them: of a batch's tally the fields and no methods. */
export type FromThread =
  | { readonly kind: 'started' }
  | { readonly kind: 'status'; readonly status: EngineStatus }
  | { readonly kind: 'observed'; readonly event: TaskEvent }
  /** It cannot go on; what it has begun is to be stopped. */
  | { readonly kind: 'failed'; readonly error: Error };
