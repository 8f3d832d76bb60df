/** Numbers as text of fixed width: a list of them is one string, which stores and copies fast. */

// In the order of their codes, so that packed numbers compare as they do unpacked.
const digits = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const values = new Uint8Array(128);
for (let i = 0; i < 64; i++) values[digits.charCodeAt(i)] = i;

/** A whole number from 0 to 64^width − 1, as `width` characters. Beyond its range it is cut to it. */
export function pack(value: number, width: number): string {
  let rest = Math.min(Math.max(0, Math.round(value)), 64 ** width - 1);
  let text = '';
  for (let i = 0; i < width; i++) {
    text = digits.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}

export function unpack(text: string, from: number, width: number): number {
  let value = 0;
  for (let i = from; i < from + width; i++) value = value * 64 + values[text.charCodeAt(i)]!;
  return value;
}

/** Where `key` stands at the start of an entry of a list of entries of `width` characters; −1 where it does not. */
export function entryOf(list: string, key: string, width: number): number {
  let found = list.indexOf(key);
  while (found > 0 && found % width !== 0) found = list.indexOf(key, found + 1);
  return found;
}
