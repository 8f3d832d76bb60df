/**
 * Bytes put together in one buffer that is used again and again: what is written to the database is copied there, so that
 * a buffer for each document would only be garbage.
 */
export class Scratch {
  #bytes = Buffer.allocUnsafeSlow(64 << 10);
  #end = 0;

  clear(): void {
    this.#end = 0;
  }

  /** All of it. Good until the next call of any method. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#end++] = value;
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#end = this.#bytes.writeInt32BE(value, this.#end);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#end = this.#bytes.writeDoubleBE(value, this.#end);
  }

  /** Text as UTF-8, or bytes, with the length in front. */
  sized(part: string | Buffer): void {
    // A UTF-16 unit has at most three bytes.
    this.#reserve(4 + 3 * part.length);
    const from = this.#end + 4;
    const length = typeof part === 'string' ? this.#bytes.write(part, from) : part.copy(this.#bytes, from);
    this.#bytes.writeUInt32BE(length, this.#end);
    this.#end = from + length;
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
