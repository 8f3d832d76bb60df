import type { Message, TopicMessages } from 'kafkajs';
import Broker from 'kafkajs/src/broker/index.js';
import type { Chunk } from './chunks.js';
import { RecordBatch } from './record-batch.js';

/** A chunk as kafkajs takes it. */
export const topicMessagesOf = (chunk: Chunk): TopicMessages[] =>
  [...chunk].map(([topic, batches]) => ({ topic, messages: new Encoded(batches) as unknown as Message[] }));

/**
 * Stands for a topic's list of messages. kafkajs looks for one without a value, then groups them by partition, for which
 * it copies the list once for each message; these are grouped already. What it sees of a group is its length.
 */
class Encoded {
  constructor(private readonly batches: ReadonlyMap<number, RecordBatch>) {}

  find(): undefined {
    return undefined;
  }

  reduce(): Record<number, RecordBatch> {
    return Object.fromEntries(this.batches);
  }
}

interface Produce {
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly firstSequence: number;
      readonly messages: RecordBatch;
    }[];
  }[];
  readonly transactionalId?: string | null;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly acks: number;
  readonly timeout: number;
}

/** Lets kafkajs' brokers, and so its producer, send record batches that are encoded already. All else stays as it is. */
export function sendEncoded(): void {
  const broker = Broker.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const produce = broker.produce;
  broker.produce = function (this: Broker, given: never) {
    return produce.call(
      Object.create(this, { lookupRequest: { value: encodingLookup(this) } }) as Broker,
      given,
    );
  };
}

/** Others in this process may send plain messages. */
const isEncoded = ({ topicData }: Produce): boolean =>
  topicData.every(({ partitions }) => partitions.every(({ messages }) => messages instanceof RecordBatch));

/** As the broker's own, with another encoder in what it makes. */
function encodingLookup(broker: Broker): Broker['lookupRequest'] {
  return (key, definitions) => {
    const make = broker.lookupRequest(key, definitions);
    return (given) => {
      const made = make(given);
      if (!isEncoded(given)) return made;
      const encode = async () => {
        const buf = encodeProduce(given, Date.now());
        return { buf, buffer: buf };
      };
      return { ...made, request: { ...made.request, encode } };
    };
  };
}

/**
 * The body of a produce request, versions 3 to 8: transactional id, acks, timeout, then by topic and partition the record
 * batches. Source: Kafka's protocol guide, "Produce API".
 */
export function encodeProduce(request: Produce, now: number): Buffer {
  const { topicData, transactionalId, producerId, producerEpoch, acks, timeout } = request;
  const parts = [nullableText(transactionalId ?? null), int16(acks), int32(timeout), int32(topicData.length)];
  for (const { topic, partitions } of topicData) {
    parts.push(nullableText(topic), int32(partitions.length));
    for (const { partition, firstSequence, messages } of partitions) {
      const producer = { producerId, producerEpoch, firstSequence, transactional: transactionalId != null };
      const batch = messages.encode(producer, now);
      parts.push(int32(partition), int32(batch.length), batch);
    }
  }
  return Buffer.concat(parts);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function nullableText(text: string | null): Buffer {
  if (text === null) return int16(-1);
  const bytes = Buffer.from(text);
  return Buffer.concat([int16(bytes.length), bytes]);
}
