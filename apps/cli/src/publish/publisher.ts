import { decodeRecord, eventTypes, inboxTopic, structuredHeaders, topicName } from '#contracts';
import type { EventLog, OutboundRecord } from '#pipeline';

/** How many records, or bytes of them, go to the log at once, and how long a record waits for others, ms. */
const batchRecords = 1_000;
const batchBytes = 500_000;
const lingerMs = 100;

/** Checks events as the engine will and appends them, in order and in batches, to the topics where they belong. */
export class Publisher {
  #waiting: OutboundRecord[] = [];
  #bytes = 0;
  #linger: NodeJS.Timeout | undefined;
  #sent: Promise<void> = Promise.resolve();

  constructor(
    private readonly log: EventLog,
    private readonly prefix: string,
    private readonly now: () => number,
  ) {}

  /**
   * Takes one CloudEvent in structured JSON. Resolves with what is wrong with it, naming the field and what is allowed
   * there, or with undefined when it will be published. One batch is under way while the next is gathered.
   * @throws LogError of an earlier batch.
   */
  async add(value: Buffer): Promise<string | undefined> {
    const record = { topic: topicName(this.prefix, inboxTopic), partition: 0, key: null, value };
    const decoded = decodeRecord(
      { ...record, headers: bufferHeaders },
      { now: this.now(), prefix: this.prefix },
    );
    if (!decoded.ok) return decoded.errorClass === 'wrongTopic' ? notUpstream : decoded.message;
    const { type, subject } = decoded.event;
    const { topic, direction } = eventTypes[type];
    if (direction !== 'input') return notUpstream;
    this.#waiting.push({
      topic: topicName(this.prefix, topic),
      key: subject,
      value,
      headers: structuredHeaders,
    });
    this.#bytes += value.length;
    if (this.#waiting.length >= batchRecords || this.#bytes >= batchBytes) {
      const earlier = this.#sent;
      this.#send();
      await earlier;
    } else this.#linger ??= setTimeout(() => this.#send(), lingerMs);
    return undefined;
  }

  /** Resolves when everything taken so far is durable. @throws LogError */
  flush(): Promise<void> {
    this.#send();
    return this.#sent;
  }

  #send(): void {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    const records = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    if (records.length === 0) return;
    this.#sent = this.#sent.then(() => this.log.publish(records));
    // Whoever comes next hears of it.
    this.#sent.catch(() => undefined);
  }
}

const notUpstream =
  "type is the engine's own; allowed: the types of its input topics, see 'perennial asyncapi'";
const bufferHeaders = { 'content-type': Buffer.from(structuredHeaders['content-type']) };
