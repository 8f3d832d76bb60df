import { LogError, StoreError } from '#pipeline';
import type { Call } from './points.js';

/** What goes wrong with one call. */
export type Wrong =
  /** The request never arrives. */
  | 'request lost'
  /** It takes effect, and the answer is lost. */
  | 'acknowledgement lost after applying'
  /** It arrives twice, and the second answer counts. */
  | 'request and acknowledgement doubled'
  /** Its sender gives up, and then it arrives. */
  | 'request late'
  /** Of a bulk only a part takes effect, and the rest is not acknowledged. */
  | 'bulk partly applied'
  /** It takes effect at a primary that is deposed before a majority has it. */
  | 'rollback of what no majority had'
  /** Records that were handed out are handed out once more. */
  | 'redelivery';

/** The next such call, whoever makes it, has this. */
export interface Trouble {
  readonly wrong: Wrong;
  readonly call: Call | 'fetch';
}

/** What a client sees when a call has no answer. */
export function noAnswer(call: string): Error {
  if (call === 'session.commit') return new LogError('indefinite', `${call}: no answer`);
  return isOfStore(call)
    ? new StoreError('unreachable', `${call}: no answer`)
    : new LogError('unreachable', `${call}: no answer`);
}

export const isOfStore = (call: string): boolean => call.startsWith('store.') || call.startsWith('records.');
