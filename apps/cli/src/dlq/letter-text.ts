/** A dead letter as people read it: one line for each thing known of it, its bytes last. */
export function letterText({ value, ...known }: { readonly value: string | null } & object): string {
  const lines = Object.entries(known).map(
    ([name, item]) => `${name.padEnd(12)}${typeof item === 'string' ? item : JSON.stringify(item)}\n`,
  );
  return `${lines.join('')}\n${value ?? '(no value)'}\n`;
}
