import { join } from 'node:path';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { run } from './install-once.js';
import { brokerSettings, startBroker } from './kafka-broker.js';
import { freePort } from './native-server.js';
import type { Server, Service } from './service.js';

/** The one user of the secure broker. Both are made up, for tests alone. */
export const secureKafkaUser = { username: 'perennial', password: 'only-for-tests' };

/**
 * A Kafka broker that wants TLS and SASL: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. Its certificate, for 127.0.0.1, is
 * its own authority. It needs Java also where a Docker engine answers, since keys are made on this machine.
 */
export const service: Service = {
  name: 'secure-kafka',
  module: import.meta.url,
  variable: 'KAFKA_SECURE_BROKERS',
  container: () => start(mkdtempSync(join(tmpdir(), 'perennial-secure-kafka-'))),
  native: (data) => start(data),
};

async function start(data: string): Promise<Server> {
  const [inner, port, controllerPort] = [await freePort(), await freePort(), await freePort()];
  const keystore = join(data, 'keystore.p12');
  const certificate = [
    '-alias',
    'kafka',
    '-keyalg',
    'RSA',
    '-dname',
    'CN=localhost',
    '-ext',
    'san=ip:127.0.0.1',
  ];
  const store = ['-storetype', 'PKCS12', '-keystore', keystore, '-storepass', secureKafkaUser.password];
  await run('keytool', ['-genkeypair', ...certificate, ...store]);

  const { username, password } = secureKafkaUser;
  const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const settings = brokerSettings('127.0.0.1', inner, controllerPort, inner);
  const secure = `SASL_SSL://127.0.0.1:${port}`;
  return startBroker(
    data,
    port,
    {
      ...settings,
      listeners: `${settings.listeners},${secure}`,
      'advertised.listeners': `${settings['advertised.listeners']},${secure}`,
      'listener.security.protocol.map': `${settings['listener.security.protocol.map']},SASL_SSL:SASL_SSL`,
      'inter.broker.listener.name': 'PLAINTEXT',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      'listener.name.sasl_ssl.plain.sasl.jaas.config': `${plain} user_${username}="${password}";`,
      'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': scram,
      'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': scram,
      'ssl.keystore.location': keystore,
      'ssl.keystore.password': password,
    },
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${username},password=${password}]`,
    ]),
  );
}
