import { LogError, StoreError } from '#pipeline';

/** What goes wrong with one call. */
export type Trouble =
  /** The request never arrives. */
  | 'lostRequest'
  /** It takes effect, and the answer is lost. */
  | 'lostAnswer'
  /** Of a bulk only a part takes effect, and the rest is not acknowledged. */
  | 'partial'
  /** It takes effect at a primary that is deposed before a majority has it. */
  | 'rolledBack'
  /** Records that were handed out are handed out once more. */
  | 'redelivered';

export const troubles: readonly Trouble[] = ['lostRequest', 'lostAnswer', 'partial', 'rolledBack'];

/** What a client sees when a call has no answer. */
export function noAnswer(call: string): Error {
  if (call === 'session.commit') return new LogError('indefinite', `${call}: no answer`);
  return call.startsWith('store.') || call.startsWith('records.')
    ? new StoreError('unreachable', `${call}: no answer`)
    : new LogError('unreachable', `${call}: no answer`);
}
