import { readFileSync } from 'node:fs';
import { logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import type { KafkaSettings } from './settings.js';

/** Retries of single requests, about 6 s in all; kafkajs' own first pause would be 300 ms. */
const retry = { initialRetryTime: 20, factor: 0.2, multiplier: 2, maxRetryTime: 500, retries: 15 };

/** The settings in kafkajs' terms. */
export function clientConfig({ brokers, clientId, tls, sasl, onLog }: KafkaSettings): KafkaConfig {
  return {
    brokers: [...brokers],
    clientId,
    connectionTimeout: 2_000,
    retry,
    logLevel: onLog ? logLevel.WARN : logLevel.NOTHING,
    ...(onLog && {
      logCreator:
        () =>
        ({ level, namespace, log: { message, ...detail } }) =>
          onLog(level === logLevel.ERROR ? 'error' : 'warn', `kafkajs ${namespace}: ${message}`, detail),
    }),
    ...(tls && {
      ssl: {
        ...(tls.ca !== undefined && { ca: [readFileSync(tls.ca)] }),
        ...(tls.client && { cert: readFileSync(tls.client.cert), key: readFileSync(tls.client.key) }),
      },
    }),
    ...(sasl && { sasl: { ...sasl } as SASLOptions }),
  };
}
