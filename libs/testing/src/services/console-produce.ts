import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { kafkaClassPath } from './kafka-jars.js';

/** Publishes values by an independent client, the Java console producer, compressed as said. */
export async function consoleProduce(
  brokers: string,
  topic: string,
  values: readonly string[],
  compression: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd' = 'none',
): Promise<void> {
  const args = ['--bootstrap-server', brokers, '--topic', topic, '--compression-codec', compression];
  const producing = promisify(execFile)('java', [
    ...(await kafkaClassPath()),
    'org.apache.kafka.tools.ConsoleProducer',
    ...args,
  ]);
  producing.child.stdin?.end(values.join('\n'));
  await producing;
}
