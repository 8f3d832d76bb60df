/** What happens around each call to a fake, by the call's name: it may wait, fail, or take effect otherwise than once. */
export interface Pace {
  /**
   * Has `effect` take place never, once, twice or later, and answers what it returned or throws. A failure of the call itself
   * says nothing of the effect.
   */
  call<T>(name: string, effect: () => T): Promise<T>;
  /** Whether one write of a bulk takes effect; what it says no to is not acknowledged either. */
  reaches(call: string): boolean;
  /** Where a reader that stands at `position` reads next: an earlier place hands records out once more. */
  fetchFrom(position: number): Promise<number>;
}

/** Nothing waits and nothing fails. */
export const unhindered: Pace = {
  call: async (_, effect) => effect(),
  reaches: () => true,
  fetchFrom: async (position) => position,
};
