import { innermost } from './kafka-error.js';

/** Pauses between two tries, ms: a coordinator is through with the last transaction after a few. */
const [firstPause, longestPause] = [5, 200];

/** How long, ms, a refusal may last that can also be meant for good. */
const patience = 6_000;

export interface Momentary {
  /** A broker that refused for one of these did nothing. */
  readonly types: ReadonlySet<string>;
  /** Of those, what is believed after a while. */
  readonly credible?: ReadonlySet<string>;
  /** Looked at before each further try. @throws where there shall be none. */
  readonly mustGoOn: () => void;
  /** What is done about the refusal before the next try. */
  readonly mend?: (type: string) => unknown;
}

/** Asks again while brokers say that they cannot yet. @throws any other error at once */
export async function whileMomentary<T>(ask: () => Promise<T>, momentary: Momentary): Promise<T> {
  const { types, credible, mustGoOn, mend } = momentary;
  const begun = performance.now();
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      return await ask();
    } catch (error) {
      const { type = '' } = innermost(error);
      if (!types.has(type) || (credible?.has(type) && performance.now() - begun > patience)) throw error;
      await mend?.(type);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    mustGoOn();
  }
}
