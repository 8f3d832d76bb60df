import type { Environment } from './environment.js';

export interface KafkaConfig {
  readonly brokers: readonly string[];
  /** Paths of PEM files. Absent: no TLS. Without `ca` the system's authorities are trusted. */
  readonly tls?: {
    readonly ca?: string;
    readonly client?: { readonly cert: string; readonly key: string };
  };
  readonly sasl?: {
    readonly mechanism: NonNullable<Environment['KAFKA_SASL_MECHANISM']>;
    readonly username: string;
    readonly password: string;
  };
}

/** Everything that the environment decides, checked, with defaults filled in, deeply frozen. */
export interface Config {
  /** Absent: the embedded log. */
  readonly kafka?: KafkaConfig;
  /** Absent: the embedded store. Never present without `kafka`. `tlsCa` is the path of a PEM file. */
  readonly mongo?: { readonly url: string; readonly tlsCa?: string };
  /** Absent: mails are written to files. */
  readonly smtpUrl?: string;
  /** `From` of every mail: an address, or `Name <address>`. */
  readonly mailFrom: string;
  /** https: or mailto:. */
  readonly unsubscribeUrl: string;
  /** Absolute path of the embedded log's and store's folder. */
  readonly dataDir: string;
  /** Absolute path of the YAML file. Absent: the definition that comes with the engine. */
  readonly definition?: string;
  /** Coupon codes are made under it. Absent: one is kept in `dataDir`. */
  readonly codeSecret?: string;
  readonly topicPrefix: string;
  readonly groupId: string;
  /** Partition count of every topic that is created. */
  readonly partitions: number;
  /** Of one engine process. Absent: one less than the machine has cores, at most four, on Kafka. Never above 1 without `kafka`. */
  readonly threads?: number;
  readonly host: string;
  readonly port: number;
  readonly logLevel: Environment['LOG_LEVEL'];
}
