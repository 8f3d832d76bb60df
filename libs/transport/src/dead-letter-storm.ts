/** Tells a storm from a bad record: more than 200 dead letters among a partition's last 1,000 records. */
export class DeadLetterStorm {
  static readonly WINDOW = 1_000;
  static readonly LIMIT = 200;
  readonly #recent = new Uint8Array(DeadLetterStorm.WINDOW);
  #at = 0;
  #dead = 0;

  /** @throws Error when this record makes it a storm: it must then not be dead-lettered. */
  count(deadLettered: boolean): void {
    const dead = this.#dead - (this.#recent[this.#at] ?? 0) + Number(deadLettered);
    if (deadLettered && dead > DeadLetterStorm.LIMIT)
      throw new Error(
        `${dead} dead letters among the last ${DeadLetterStorm.WINDOW} records: not a bad record but a storm`,
      );
    this.#recent[this.#at] = Number(deadLettered);
    this.#at = (this.#at + 1) % DeadLetterStorm.WINDOW;
    this.#dead = dead;
  }
}
