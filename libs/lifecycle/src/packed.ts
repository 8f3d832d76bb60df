/**
 * Numbers as text of fixed width: a list of them is one string, which copies and stores fast. Packed numbers compare as
 * they do unpacked.
 */

const digits = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
/** Character code of each of 64 digits, in ascending order. */
export const codes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));
const values = new Uint8Array(128);
codes.forEach((code, value) => (values[code] = value));

const texts = Array.from(digits);

/** One digit, 0 to 63, as its character. */
export const codeAt = (value: number): string => texts[value]!;
export const valueAt = (text: string, at: number): number => values[text.charCodeAt(at)]!;

const low = 2 ** 24;
const greatest = 2 ** 42 - 1;
const six = (bits: number, from: number) => codes[(bits >>> from) & 63]!;

/** A whole number below 2^24, in 4 characters. */
export const pack4 = (value: number): string =>
  String.fromCharCode(six(value, 18), six(value, 12), six(value, 6), six(value, 0));

/** A whole number in 7 characters; what does not fit into 0 to 2^42 − 1 is cut to it. */
export function pack7(value: number): string {
  const held = Math.min(Math.max(0, value), greatest);
  const high = Math.floor(held / low);
  return String.fromCharCode(six(high, 12), six(high, 6), six(high, 0)) + pack4(held % low);
}

export function unpack(text: string, from: number, width: number): number {
  let value = 0;
  for (let i = from; i < from + width; i++) value = value * 64 + valueAt(text, i);
  return value;
}

/** Where an entry that begins with `key` stands in a list of entries of `width` characters; −1 where there is none. */
export function entryOf(list: string, key: string, width: number): number {
  let found = list.indexOf(key);
  while (found > 0 && found % width !== 0) found = list.indexOf(key, found + 1);
  return found;
}
