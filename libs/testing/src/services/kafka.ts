import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './install-once.js';
import { kafkaClassPath, kafkaVersion } from './kafka-jars.js';
import { accepts, freePort, startNative } from './native-server.js';
import type { Service } from './service.js';

/** Apache Kafka in KRaft mode: one node, no topic without being asked for, quick to rebalance. */
export const service: Service = {
  name: 'kafka',
  module: import.meta.url,
  variable: 'KAFKA_BROKERS',

  container: async () => {
    const { startContainer } = await import('./container-server.js');
    return startContainer({
      image: `apache/kafka:${kafkaVersion}`,
      port: 9092,
      environment: (port) => inEnvironment(settings('0.0.0.0', 9092, 9093, port)),
      address: (port) => `127.0.0.1:${port}`,
      ready: ['nc', '-z', '127.0.0.1', '9092'],
    });
  },

  native: async (data) => {
    const [classPath, port, controllerPort] = [await kafkaClassPath(), await freePort(), await freePort()];
    const file = join(data, 'server.properties');
    const properties = {
      ...settings('127.0.0.1', port, controllerPort, port),
      'log.dirs': join(data, 'logs'),
    };
    writeFileSync(
      file,
      Object.entries(properties)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const cluster = randomBytes(16).toString('base64url');
    await run('java', [...classPath, 'kafka.tools.StorageTool', 'format', '-t', cluster, '-c', file]);
    return startNative({
      address: `127.0.0.1:${port}`,
      command: 'java',
      args: ['-Xmx512m', ...classPath, 'kafka.Kafka', file],
      logs: data,
      answers: () => accepts(port),
    });
  },
};

const settings = (host: string, port: number, controllerPort: number, advertised: number) => ({
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

/** The image's convention: `process.roles` is set by KAFKA_PROCESS_ROLES. */
function inEnvironment(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `KAFKA_${name.replaceAll('.', '_').toUpperCase()}`,
      String(value),
    ]),
  );
}
