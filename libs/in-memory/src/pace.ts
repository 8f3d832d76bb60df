/**
 * What happens around each call to a fake, by the call's name: it may wait, fail, or be cut off. Where `before` throws the
 * call had no effect; where `after` throws it had, and its acknowledgement was lost.
 */
export interface Pace {
  before(call: string): Promise<void>;
  after(call: string): Promise<void>;
  /**
   * Of a bulk of `count` writes, how many take effect before `after` is asked. Of a `fetch` that stands at `count`, where
   * it goes on: an earlier place hands records out once more.
   */
  reach(call: string, count: number): number;
}

/** Nothing waits and nothing fails. */
export const unhindered: Pace = {
  before: async () => {},
  after: async () => {},
  reach: (_, count) => count,
};

/** A call with its two ends. */
export async function paced<T>(pace: Pace, call: string, effect: () => T): Promise<T> {
  await pace.before(call);
  const result = effect();
  await pace.after(call);
  return result;
}
