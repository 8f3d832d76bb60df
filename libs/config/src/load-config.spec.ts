import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError, describeConfig, loadConfig, withoutCredentials } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'perennial-config-'));
const pem = join(folder, 'some.pem');
writeFileSync(pem, 'pem');
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(env: Record<string, string>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('an empty environment', () => {
  it('means one process on the embedded log and store, on loopback', () => {
    expect(loadConfig({})).toEqual({
      mailFrom: 'Perennial <no-reply@perennial.invalid>',
      unsubscribeUrl: 'https://perennial.invalid/unsubscribe',
      dataDir: resolve('.perennial'),
      topicPrefix: '',
      groupId: 'perennial',
      partitions: 8,
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'info',
    });
  });

  it('is the same as one of empty values and of variables of others', () => {
    expect(loadConfig({ KAFKA_BROKERS: '', MONGO_URL: '', PORT: '', PATH: '/bin' })).toEqual(loadConfig({}));
  });
});

describe('a full environment', () => {
  const env = {
    KAFKA_BROKERS: 'k1:9092, k2:9093',
    KAFKA_TLS_CA: pem,
    KAFKA_TLS_CERT: pem,
    KAFKA_TLS_KEY: pem,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'engine-user',
    KAFKA_SASL_PASSWORD: 'open-sesame',
    MONGO_URL: 'mongodb://db-user:db-secret@m1:27017,m2:27017/perennial?replicaSet=rs0',
    MONGO_TLS_CA: pem,
    SMTP_URL: 'smtp://mail-user:mail-secret@mail:25',
    MAIL_FROM: 'The shop <hello@shop.invalid>',
    UNSUBSCRIBE_URL: 'mailto:unsubscribe@shop.invalid',
    PERENNIAL_DATA: '/data',
    CODE_SECRET: 'hush, or someone might guess a coupon',
    TOPIC_PREFIX: 'eu.',
    GROUP_ID: 'blue',
    PARTITIONS: '16',
    ENGINE_THREADS: '3',
    DEFINITION: pem,
    HOST: '0.0.0.0',
    PORT: '8080',
    LOG_LEVEL: 'debug',
  };

  it('is read whole, numbers as numbers and brokers as a list', () => {
    expect(loadConfig(env)).toEqual({
      kafka: {
        brokers: ['k1:9092', 'k2:9093'],
        tls: { ca: pem, client: { cert: pem, key: pem } },
        sasl: { mechanism: 'scram-sha-512', username: 'engine-user', password: 'open-sesame' },
      },
      mongo: { url: env.MONGO_URL, tlsCa: pem },
      smtpUrl: env.SMTP_URL,
      mailFrom: env.MAIL_FROM,
      unsubscribeUrl: env.UNSUBSCRIBE_URL,
      dataDir: '/data',
      codeSecret: 'hush, or someone might guess a coupon',
      topicPrefix: 'eu.',
      groupId: 'blue',
      partitions: 16,
      threads: 3,
      definition: pem,
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'debug',
    });
  });

  it('is frozen, nested parts too', () => {
    const config = loadConfig(env);
    expect([config, config.kafka, config.kafka?.brokers, config.mongo].every(Object.isFrozen)).toBe(true);
  });

  it('is described without user names and passwords', () => {
    const text = JSON.stringify(describeConfig(loadConfig(env)));
    expect(text).toContain('m1:27017,m2:27017/perennial');
    expect(text).toContain('mail:25');
    for (const secret of ['secret', 'user', 'sesame', 'hush']) expect(text).not.toContain(secret);
  });

  it('allows Kafka with the embedded store', () => {
    expect(loadConfig({ KAFKA_BROKERS: 'localhost:9092' }).mongo).toBeUndefined();
  });

  it('takes KAFKA_TLS alone as TLS with the authorities of the system', () => {
    expect(loadConfig({ KAFKA_BROKERS: 'k:9092', KAFKA_TLS: 'true' }).kafka?.tls).toEqual({});
    expect(loadConfig({ KAFKA_BROKERS: 'k:9092', KAFKA_TLS: 'false' }).kafka?.tls).toBeUndefined();
  });
});

it('a password with an unescaped slash is not shown either', () => {
  expect(withoutCredentials('mongodb://u:hun/ter2@db:1/x?authSource=a')).toBe('mongodb://db:1/x');
});

describe('a bad environment', () => {
  it('is refused with every bad variable at once, and what is allowed there', () => {
    const error = problemsOf({
      KAFKA_BROKERS: 'no-port',
      KAFKA_TLS: 'perhaps',
      KAFKA_SASL_MECHANISM: 'gssapi',
      SMTP_URL: 'https://mail',
      GROUP_ID: 'two words',
      PARTITIONS: '2.5',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      DEFINITION: join(folder, 'absent.yaml'),
      KAFKA_TLS_CERT: folder,
    });
    expect(error.problems.map((p) => p.variable).sort()).toEqual([
      'DEFINITION',
      'GROUP_ID',
      'KAFKA_BROKERS',
      'KAFKA_SASL_MECHANISM',
      'KAFKA_TLS',
      'KAFKA_TLS_CERT',
      'LOG_LEVEL',
      'PARTITIONS',
      'PORT',
      'SMTP_URL',
    ]);
    expect(error.message).toContain(
      "LOG_LEVEL: 'loud' is not allowed; expected fatal, error, warn, info, debug, trace or silent",
    );
    expect(error.message).toContain("PORT: '70000' is not allowed; expected 0 to 65535");
  });

  it('never shows the value of a secret', () => {
    const { message } = problemsOf({
      MONGO_URL: 'mongo://u:hunter2@db',
      SMTP_URL: 'mailto:hunter2',
      KAFKA_SASL_PASSWORD: 'hunter2',
      KAFKA_SASL_USERNAME: 'hunter2',
      CODE_SECRET: 'hunter2',
    });
    expect(message).toContain('MONGO_URL');
    expect(message).toContain('CODE_SECRET: the value is not allowed; expected at least 32 characters');
    expect(message).not.toContain('hunter2');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['MONGO_URL', { MONGO_URL: 'mongodb://db' }, /KAFKA_BROKERS.*one transaction/],
    [
      'KAFKA_SASL_MECHANISM',
      { KAFKA_BROKERS: 'k:1', KAFKA_SASL_MECHANISM: 'plain' },
      /USERNAME and .*PASSWORD/,
    ],
    ['KAFKA_SASL_PASSWORD', { KAFKA_BROKERS: 'k:1', KAFKA_SASL_PASSWORD: 'x' }, /KAFKA_SASL_MECHANISM/],
    ['KAFKA_TLS_KEY', { KAFKA_BROKERS: 'k:1', KAFKA_TLS_KEY: pem }, /KAFKA_TLS_CERT/],
    ['KAFKA_TLS', { KAFKA_BROKERS: 'k:1', KAFKA_TLS: 'false', KAFKA_TLS_CA: pem }, /TLS file is set/],
    ['KAFKA_TLS', { KAFKA_TLS: 'true' }, /KAFKA_BROKERS/],
    ['MONGO_TLS_CA', { MONGO_TLS_CA: pem }, /MONGO_URL/],
    ['ENGINE_THREADS', { ENGINE_THREADS: '2' }, /KAFKA_BROKERS.*one thread/],
  ])('refuses a contradiction at %s', (variable, env, reason) => {
    const { problems } = problemsOf(env);
    expect(problems.map((p) => p.variable)).toEqual([variable]);
    expect(problems[0]?.message).toMatch(reason);
  });
});
