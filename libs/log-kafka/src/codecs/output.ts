/** What has been decompressed so far: literal bytes, and repetitions of what came before. @throws RangeError beyond its size */
export class Output {
  #length = 0;
  readonly #bytes: Buffer;

  constructor(size: number) {
    if (size > largest) throw new RangeError(`${size} bytes are more than a record batch may hold`);
    this.#bytes = Buffer.alloc(size);
  }

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  literal(from: Buffer, at: number, length: number): void {
    this.#mustFit(length);
    if (at + length > from.length) throw new RangeError('compressed bytes end too early');
    from.copy(this.#bytes, this.#length, at, at + length);
    this.#length += length;
  }

  /** The repetition may reach into itself: a distance of 1 repeats the last byte. */
  repeat(distance: number, length: number): void {
    this.#mustFit(length);
    if (distance < 1 || distance > this.#length)
      throw new RangeError('compressed bytes refer to what is not there');
    const bytes = this.#bytes;
    for (let end = this.#length + length; this.#length < end; this.#length++)
      bytes[this.#length] = bytes[this.#length - distance] ?? 0;
  }

  #mustFit(length: number): void {
    if (this.#length + length > this.#bytes.length)
      throw new RangeError('compressed bytes hold more than they say');
  }
}

const largest = 256 << 20;
