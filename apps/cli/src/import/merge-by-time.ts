/** Merges streams that are each in order of `at` into one; at equal times the earlier stream goes first. */
export async function* mergeByTime<T extends { readonly at: number }>(
  ...streams: readonly AsyncIterable<T>[]
): AsyncGenerator<T> {
  const heads: { value: T; rest: AsyncIterator<T> }[] = [];
  for (const stream of streams) {
    const rest = stream[Symbol.asyncIterator]();
    const first = await rest.next();
    if (first.done !== true) heads.push({ value: first.value, rest });
  }
  while (heads.length > 0) {
    const next = heads.reduce((best, head) => (head.value.at < best.value.at ? head : best));
    yield next.value;
    const following = await next.rest.next();
    if (following.done === true) heads.splice(heads.indexOf(next), 1);
    else next.value = following.value;
  }
}
