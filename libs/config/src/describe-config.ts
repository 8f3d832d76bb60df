import type { Config } from './config.js';

/** The settings in force as name → text, for a start-up line or a report. Passwords and user names are left out. */
export function describeConfig(config: Config): Readonly<Record<string, string>> {
  const { kafka, mongo, smtpUrl } = config;
  return {
    KAFKA_BROKERS: kafka
      ? `${kafka.brokers.join(',')}${kafka.tls ? ', TLS' : ''}${kafka.sasl ? `, ${kafka.sasl.mechanism}` : ''}`
      : 'unset: embedded log',
    MONGO_URL: mongo ? withoutCredentials(mongo.url) : 'unset: embedded store',
    SMTP_URL: smtpUrl === undefined ? 'unset: mails are written to files' : withoutCredentials(smtpUrl),
    MAIL_FROM: config.mailFrom,
    UNSUBSCRIBE_URL: config.unsubscribeUrl,
    PERENNIAL_DATA: config.dataDir,
    CODE_SECRET: config.codeSecret === undefined ? 'unset: kept in the data folder' : 'set',
    TOPIC_PREFIX: config.topicPrefix,
    GROUP_ID: config.groupId,
    PARTITIONS: String(config.partitions),
    DEFINITION: config.definition ?? 'unset: the one that comes with the engine',
    ENGINE_THREADS:
      config.threads === undefined
        ? 'unset: on Kafka one less than cores, at most 4'
        : String(config.threads),
    HOST: config.host,
    PORT: String(config.port),
    LOG_LEVEL: config.logLevel,
  };
}

/** A URL fit to be shown: no user, no password, no query. Works on lists of hosts, which `URL` refuses. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/.*@/, '//').replace(/\?.*$/, '');
}
