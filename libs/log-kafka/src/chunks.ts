import type { Message, TopicMessages } from 'kafkajs';
import { LogError, type OutboundRecord } from '#pipeline';

/** One send is one record batch per partition, and a broker takes batches of 1 MiB by default. */
const chunkBytes = 900_000;
const recordBytes = 1_048_576;
/** Lengths, offsets and timestamp around a record, and its share of the batch's head. */
const overhead = 70;

/** Sends of bounded size, each grouped by topic, in the order of the records. @throws LogError `rejected` */
export function chunksOf(records: readonly OutboundRecord[]): readonly TopicMessages[][] {
  const chunks: TopicMessages[][] = [];
  let byTopic = new Map<string, Message[]>();
  let bytes = Infinity;
  for (const record of records) {
    const size = sizeOf(record);
    if (size > recordBytes)
      throw new LogError('rejected', `a record of ${size} bytes for ${record.topic} is over ${recordBytes}`);
    if (bytes + size > chunkBytes) {
      byTopic = new Map();
      bytes = 0;
      const chunk: TopicMessages[] = [];
      chunks.push(chunk);
    }
    bytes += size;
    let messages = byTopic.get(record.topic);
    if (!messages) {
      messages = [];
      byTopic.set(record.topic, messages);
      chunks.at(-1)?.push({ topic: record.topic, messages });
    }
    messages.push(messageOf(record));
  }
  return chunks;
}

const lengthOf = (part: string | Buffer | null | undefined): number =>
  part === null || part === undefined ? 0 : Buffer.byteLength(part);

function sizeOf({ key, value, headers = {} }: OutboundRecord): number {
  let size = overhead + lengthOf(key) + lengthOf(value);
  for (const [name, header] of Object.entries(headers)) size += 10 + lengthOf(name) + lengthOf(header);
  return size;
}

function messageOf({ key, value, headers, partition }: OutboundRecord): Message {
  return {
    key,
    value,
    ...(headers && { headers: { ...headers } }),
    ...(partition !== undefined && { partition }),
  };
}
