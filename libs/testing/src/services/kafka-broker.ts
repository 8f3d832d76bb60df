import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './install-once.js';
import { kafkaClassPath } from './kafka-jars.js';
import { accepts, startNative } from './native-server.js';
import type { Server } from './service.js';

export type BrokerSettings = Readonly<Record<string, string | number | boolean>>;

/** Apache Kafka in KRaft mode: one node, no topic without being asked for, quick to rebalance. */
export const brokerSettings = (host: string, port: number, controllerPort: number, advertised: number) => ({
  'node.id': 1,
  'process.roles': 'broker,controller',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://${host}:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertised}`,
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'auto.create.topics.enable': false,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 500,
  'log.index.size.max.bytes': 1 << 20,
  'log.cleaner.dedupe.buffer.size': 4 << 20,
});

/** Formats a new broker in folder `data` and starts it; it answers at 127.0.0.1:`port`. */
export async function startBroker(
  data: string,
  port: number,
  settings: BrokerSettings,
  formatting: readonly string[] = [],
): Promise<Server> {
  const classPath = await kafkaClassPath();
  const file = join(data, 'server.properties');
  const properties = { ...settings, 'log.dirs': join(data, 'logs') };
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  const cluster = randomBytes(16).toString('base64url');
  const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${cluster}`, '-c', file, ...formatting];
  await run('java', [...classPath, ...format]);
  return startNative({
    address: `127.0.0.1:${port}`,
    command: 'java',
    args: ['-Xmx512m', ...classPath, 'kafka.Kafka', file],
    logs: data,
    answers: () => accepts(port),
  });
}
