/** How to reach Kafka. TLS files are paths of PEM files; without `ca` the system's authorities are trusted. */
export interface KafkaSettings {
  /** host:port each. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly tls?: {
    readonly ca?: string;
    readonly client?: { readonly cert: string; readonly key: string };
  };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  readonly timing?: Partial<KafkaTiming>;
  /** What kafkajs has to say, warnings and errors only. It is dropped by default: what matters is thrown or reported. */
  readonly onLog?: (
    level: 'warn' | 'error',
    message: string,
    detail: Readonly<Record<string, unknown>>,
  ) => void;
}

/** All in ms. */
export interface KafkaTiming {
  /** How long `openKafkaLog` looks for a broker. */
  readonly connect: number;
  /** Silence after which the group gives a member's partitions to others. */
  readonly session: number;
  /** Between two heartbeats; also how soon a member learns of a rebalance. */
  readonly heartbeat: number;
  /** After which the broker aborts a transaction that its owner left open. */
  readonly transaction: number;
  /** After which a member learns that partitions were added to a topic, and ends. */
  readonly metadata: number;
  /** How long the brokers may be out of reach before a membership counts as lost. */
  readonly patience: number;
}

export const defaultTiming: KafkaTiming = {
  connect: 5_000,
  session: 20_000,
  heartbeat: 1_000,
  transaction: 15_000,
  metadata: 60_000,
  patience: 60_000,
};
