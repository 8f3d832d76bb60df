/** Puts two words of the rules together once for each pair: a new string costs more than what it is then looked up for. */
export function joinedBy(mark: string): (one: string, other: string) => string {
  const known: Record<string, Record<string, string>> = {};
  return (one, other) => ((known[one] ??= {})[other] ??= `${one}${mark}${other}`);
}
