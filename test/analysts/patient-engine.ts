import { encodeEvent, eventTypes, inputTopics, isEventType, structuredHeaders, topicSpecs } from '#contracts';
import type { ImportedEvent } from '#apps/cli';
import type { Lifecycle } from '#lifecycle';
import {
  foldBatch,
  foldingOrder,
  locate,
  recordsOf,
  type CustomerDocument,
  type Located,
  type Offsets,
  type OutboundRecord,
} from '#pipeline';
import type { Embedded } from '#store-embedded';

const group = 'engines';
const source = '/analysts';

/**
 * Does what an engine does to the one partition of an embedded folder, a step at a time and by a clock that is told, so that
 * what it decides is the same wherever it runs: the timers that are due, then the events, each as a recorded batch.
 */
export class PatientEngine {
  #number = 0;
  #positions: Offsets = Object.fromEntries(inputTopics.map((topic) => [topic, 0]));
  readonly #documents = new Map<string, CustomerDocument>();

  private constructor(
    private readonly embedded: Embedded,
    private readonly lifecycle: Lifecycle,
    private readonly epoch: number,
  ) {}

  static async start(embedded: Embedded, lifecycle: Lifecycle): Promise<PatientEngine> {
    await embedded.log.createTopics(topicSpecs('', 1));
    await embedded.log.openSession(group, 0, inputTopics);
    return new PatientEngine(embedded, lifecycle, (await embedded.store.claim(0)).epoch);
  }

  async liveUntil(now: number): Promise<void> {
    for (;;) {
      const due = await this.embedded.store.due(0, now, 10_000);
      if (due.length === 0) return;
      const timers = due.map(({ customer, name, due }) => {
        const at = new Date(due).toISOString();
        const id = `${customer}/${name}/${due}`;
        return record('lifecycle.inbox.v1', {
          id,
          type: 'timer.due.v1',
          subject: customer,
          at: due,
          data: { name, due: at },
        });
      });
      await this.#fold(timers, now);
    }
  }

  take = (events: readonly ImportedEvent[], now: number): Promise<void> =>
    this.#fold(
      events.map((event) => {
        if (!isEventType(event.type)) throw new Error(`${event.type} is no event type`);
        return record(eventTypes[event.type].topic, event);
      }),
      now,
    );

  async #fold(records: readonly OutboundRecord[], now: number): Promise<void> {
    const { log, atomic } = this.embedded;
    await log.publish(records);
    const from = this.#positions;
    const to: Record<string, number> = {};
    const slices: Located[] = [];
    for (const topic of inputTopics) {
      to[topic] = (await log.range(topic))[0]?.end ?? 0;
      for await (const chunk of log.read(topic, 0, from[topic] ?? 0, to[topic]))
        slices.push(...chunk.map((each) => locate(each, '')));
    }
    const plan = { number: ++this.#number, from, to, watermark: now, now };
    const { lifecycle, epoch } = this;
    const folded = foldBatch(foldingOrder(slices, inputTopics), this.#documents, plan, {
      ...{ lifecycle, group, partition: 0, partitions: 1, prefix: '' },
    });
    const documents = folded.documents.map((document) => ({ ...document, outputs: [] }));
    const intent = { ...plan, group, definition: lifecycle.definition.hash, rules: lifecycle.rules };
    await atomic.commit({ partition: 0, epoch, intent, documents, records: recordsOf(folded) });
    for (const document of documents) this.#documents.set(document.id, document);
    this.#positions = to;
  }
}

const record = (topic: string, { at, ...event }: ImportedEvent): OutboundRecord => ({
  topic,
  key: event.subject,
  value: encodeEvent({ specversion: '1.0', source, ...event, time: new Date(at).toISOString() }),
  headers: structuredHeaders,
});
