import { brokerSettings, startBroker, type BrokerSettings } from './kafka-broker.js';
import { kafkaVersion } from './kafka-jars.js';
import { freePort } from './native-server.js';
import type { Service } from './service.js';

export const service: Service = {
  name: 'kafka',
  module: import.meta.url,
  variable: 'KAFKA_BROKERS',

  container: async () => {
    const { startContainer } = await import('./container-server.js');
    return startContainer({
      image: `apache/kafka:${kafkaVersion}`,
      port: 9092,
      environment: (port) => inEnvironment(brokerSettings('0.0.0.0', 9092, 9093, port)),
      address: (port) => `127.0.0.1:${port}`,
      ready: ['nc', '-z', '127.0.0.1', '9092'],
    });
  },

  native: async (data) => {
    const [port, controllerPort] = [await freePort(), await freePort()];
    return startBroker(data, port, brokerSettings('127.0.0.1', port, controllerPort, port));
  },
};

/** The image's convention: `process.roles` is set by KAFKA_PROCESS_ROLES. */
function inEnvironment(properties: BrokerSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `KAFKA_${name.replaceAll('.', '_').toUpperCase()}`,
      String(value),
    ]),
  );
}
