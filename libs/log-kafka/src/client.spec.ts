import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logLevel } from 'kafkajs';
import { clientConfig } from './client.js';

const brokers = ['kafka-1.invalid:9092', 'kafka-2.invalid:9092'];
const plain = { brokers, clientId: 'engine' };

describe('the client configuration', () => {
  it('names the brokers and the client, and uses neither TLS nor SASL unless told', () => {
    const config = clientConfig(plain);
    expect(config).toMatchObject(plain);
    expect(config).not.toHaveProperty('ssl');
    expect(config).not.toHaveProperty('sasl');
  });

  it('turns TLS on without files, trusting the system', () => {
    expect(clientConfig({ ...plain, tls: {} }).ssl).toEqual({});
  });

  it('reads the PEM files of authority and client', () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-pem-'));
    const file = (name: string) => {
      writeFileSync(join(folder, name), `PEM of ${name}`);
      return join(folder, name);
    };
    const tls = { ca: file('ca'), client: { cert: file('cert'), key: file('key') } };
    expect(clientConfig({ ...plain, tls }).ssl).toEqual({
      ca: [Buffer.from('PEM of ca')],
      cert: Buffer.from('PEM of cert'),
      key: Buffer.from('PEM of key'),
    });
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('authenticates by SASL %s', (mechanism) => {
    const sasl = { mechanism, username: 'perennial', password: 'made-up' };
    expect(clientConfig({ ...plain, sasl }).sasl).toEqual(sasl);
  });

  it('keeps kafkajs quiet unless somebody listens', () => {
    expect(clientConfig(plain).logLevel).toBe(logLevel.NOTHING);
    const heard: unknown[] = [];
    const { logCreator, logLevel: level } = clientConfig({ ...plain, onLog: (...said) => heard.push(said) });
    expect(level).toBe(logLevel.WARN);
    logCreator?.(logLevel.WARN)({
      namespace: 'Connection',
      level: logLevel.ERROR,
      label: 'ERROR',
      log: {
        message: 'Connection refused',
        timestamp: '2026-11-21T00:00:00Z',
        logger: 'kafkajs',
        broker: 'b',
      },
    });
    expect(heard).toEqual([
      ['error', 'kafkajs Connection: Connection refused', expect.objectContaining({ broker: 'b' })],
    ]);
  });
});
