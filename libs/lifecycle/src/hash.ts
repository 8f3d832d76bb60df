import { pack } from './packed.js';

/**
 * 64 bits of a text, as 12 characters: two multiplicative lanes of 32 bits that see the characters in different mixtures,
 * each spread at the end. For telling identities apart, never for secrets.
 */
export function hash64(text: string): string {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x6a09e667;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b + code, 0x85ebca6b);
    b ^= b >>> 15;
  }
  a = spread(a ^ Math.imul(b, 0x27d4eb2f));
  b = spread(b + Math.imul(a, 0xc2b2ae35));
  return pack(a >>> 0, 6) + pack(b >>> 0, 6);
}

function spread(lane: number): number {
  lane ^= lane >>> 16;
  lane = Math.imul(lane, 0x7feb352d);
  lane ^= lane >>> 15;
  lane = Math.imul(lane, 0x846ca68b);
  return lane ^ (lane >>> 16);
}
