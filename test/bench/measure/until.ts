/** Polls until there is a value. @throws Error naming what was waited for when `ms` have passed. */
export async function untilValue<T>(
  what: string,
  ms: number,
  every: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (const deadline = Date.now() + ms; ;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`waited ${ms / 1_000} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
