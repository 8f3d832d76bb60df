import { topicName } from '#contracts';
import type { CouponCodes } from '#lifecycle';
import type { EventLog, LogRecord } from '#pipeline';

type CouponCode = ReturnType<CouponCodes>;

interface Issued {
  readonly type: string;
  readonly data: { readonly couponId: string } & Partial<CouponCode>;
}

/** A coupon's ledger entry; most others are told without being parsed. */
function issuedIn(value: Buffer | null): Issued['data'] | undefined {
  if (!value?.includes('coupon.issued.v1')) return undefined;
  const { type, data } = JSON.parse(value.toString()) as Issued;
  return type === 'coupon.issued.v1' ? data : undefined;
}

const unknown: CouponCode = { code: 'unknown', keyId: 'unknown' };

/** Records of one transaction are appended at nearly the same time, by the clocks of several brokers. */
const slackMs = 30_000;

/** Codes remembered at once: a coupon is asked for its code while it is open, so the newest do. */
const mostCodes = 200_000;

/**
 * The codes of one partition's coupons as the ledger holds them. They are functions of a secret that whoever replays need
 * not have, and that may have been another one meanwhile, so they are taken as recorded. The ledger is read along with the
 * replay, and of all coupons that were ever issued the newest are remembered.
 */
export class RecordedCodes {
  /** Coupons with a code that were read. */
  count = 0;
  readonly #known = new Map<string, CouponCode>();
  #ahead: LogRecord | undefined;

  private constructor(
    private readonly ledger: AsyncIterator<LogRecord>,
    /** Absent where coupons bear no code. One that the ledger does not hold is `unknown`. */
    readonly codes: CouponCodes | undefined,
  ) {}

  static async open(log: EventLog, prefix: string, partition: number): Promise<RecordedCodes> {
    const topic = topicName(prefix, 'loyalty.ledger.v1');
    const { start, end } = (await log.range(topic))[partition] ?? { start: 0, end: 0 };
    const records = async function* () {
      for await (const chunk of log.read(topic, partition, start, end)) yield* chunk;
    };
    const any = await bearCode(records());
    const codes: CouponCodes | undefined = any ? (id) => opened.#known.get(id) ?? unknown : undefined;
    const opened: RecordedCodes = new RecordedCodes(records(), codes);
    return opened;
  }

  /** Reads on to the codes that a batch gave out whose order record was appended then, ms by the log's clock. */
  async upTo(appendedAt: number): Promise<void> {
    if (!this.codes) return;
    const last = appendedAt + slackMs;
    for (;;) {
      if (!this.#ahead) {
        const next = await this.ledger.next();
        if (next.done === true) return;
        this.#ahead = next.value;
      }
      if (this.#ahead.timestamp > last) return;
      this.#note(issuedIn(this.#ahead.value));
      this.#ahead = undefined;
    }
  }

  #note(issued: Issued['data'] | undefined): void {
    if (issued?.code === undefined || issued.keyId === undefined) return;
    this.count += 1;
    this.#known.set(issued.couponId, { code: issued.code, keyId: issued.keyId });
    if (this.#known.size <= mostCodes) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

async function bearCode(records: AsyncIterable<LogRecord>): Promise<boolean> {
  for await (const { value } of records) if (issuedIn(value)?.code !== undefined) return true;
  return false;
}
