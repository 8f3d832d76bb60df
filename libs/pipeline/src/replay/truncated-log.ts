/** A replay needs what retention has deleted, or what another log holds: it is refused, not guessed over. */
export class TruncatedLog extends Error {
  constructor(
    readonly topic: string,
    readonly partition: number,
    what: string,
  ) {
    super(
      `${topic} partition ${partition} ${what}. What came before is not known from the log: begin with a snapshot ` +
        'that was taken while it was there (--from-snapshot DIR).',
    );
    this.name = 'TruncatedLog';
  }
}
