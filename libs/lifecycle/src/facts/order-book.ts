import { hash64 } from '../hash.js';
import { pack7, unpack } from '../packed.js';

/**
 * The orders of the window as one string, in order of time: each entry holds the time in ms (7 characters), the hash of
 * the order id (7), the total in thousandths (7) and the currency (3).
 */
export type OrderBook = string;

export const orderWidth = 24;
const keyAt = 7;
const totalAt = 14;
const currencyAt = 21;

// Facts and loyalty ask for the same in a row.
let lastId = '';
let lastKey = hash64('').slice(0, 7);

export function orderKey(orderId: string): string {
  if (orderId !== lastId) {
    lastKey = hash64(orderId).slice(0, 7);
    lastId = orderId;
  }
  return lastKey;
}

export const orderEntry = (at: number, key: string, total: number, currency: string): string =>
  pack7(at) + key + pack7(total) + currency;

export const timeAt = (book: OrderBook, from: number): number => unpack(book, from, 7);
export const totalOf = (book: OrderBook, from: number): number => unpack(book, from + totalAt, 7);
export const keyOf = (book: OrderBook, from: number): string => book.slice(from + keyAt, from + keyAt + 7);
export const currencyOf = (book: OrderBook, from: number): string =>
  book.slice(from + currencyAt, from + currencyAt + 3);

/** Inserts an entry in its place; `last` tells whether that was the end. */
export function insertOrder(book: OrderBook, entry: string): { book: OrderBook; last: boolean } {
  let from = book.length;
  while (from > 0 && book.slice(from - orderWidth, from) > entry) from -= orderWidth;
  return from === book.length
    ? { book: book + entry, last: true }
    : { book: book.slice(0, from) + entry + book.slice(from), last: false };
}
