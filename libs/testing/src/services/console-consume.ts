import { run } from './install-once.js';
import { kafkaClassPath } from './kafka-jars.js';

/** One record as Apache Kafka's own console consumer shows it. */
export interface ConsumedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string | null;
  readonly value: string | null;
}

const show = ['partition', 'offset', 'headers', 'key'].flatMap((what) => [
  '--property',
  `print.${what}=true`,
]);

/**
 * Everything committed in a topic, read by an independent client: the Java console consumer with
 * `--isolation-level read_committed`, in a group of its own. Keys and values must be text without tabs and line breaks.
 * @param quiet ms without a record after which the topic counts as read; a busy machine may need seconds for the first.
 */
export async function consoleConsume(
  brokers: string,
  topic: string,
  quiet = 10_000,
): Promise<readonly ConsumedRecord[]> {
  const args = ['--bootstrap-server', brokers, '--topic', topic, '--from-beginning'];
  args.push('--isolation-level', 'read_committed', '--timeout-ms', String(quiet), ...show);
  const consumer = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
  const output = await run('java', [...(await kafkaClassPath()), consumer, ...args]);
  return output.split('\n').filter(Boolean).map(parse);
}

function parse(line: string): ConsumedRecord {
  const [partition, offset, headers, key, ...value] = line.split('\t');
  const number = (field = '') => Number(field.slice(field.indexOf(':') + 1));
  const text = (field = '') => (field === 'null' ? null : field);
  return {
    partition: number(partition),
    offset: number(offset),
    headers: parseHeaders(headers),
    key: text(key),
    value: text(value.join('\t')),
  };
}

function parseHeaders(field = ''): Record<string, string> {
  if (field === 'NO_HEADERS') return {};
  const pairs = field.split(',');
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
  );
}
