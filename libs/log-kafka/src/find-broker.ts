import { Kafka, type KafkaConfig } from 'kafkajs';
import { LogError } from '#pipeline';
import { within } from './deadline.js';
import { innermost } from './kafka-error.js';
import type { KafkaSettings } from './settings.js';

/**
 * Resolves when one of the brokers answers. kafkajs keeps to itself why it goes on trying, so this tries itself.
 * @throws LogError `unreachable` after `ms`, with the last reason; at once when the broker refuses the user.
 */
export async function findBroker(settings: KafkaSettings, config: KafkaConfig, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  const retry = { ...config.retry, retries: settings.brokers.length };
  let reason: unknown;
  while (Date.now() < deadline) {
    const admin = new Kafka({ ...config, retry }).admin();
    try {
      const answer = admin.connect().then(() => admin.describeCluster());
      await within(deadline - Date.now(), 'looking for a broker', answer);
      return;
    } catch (error) {
      reason = error instanceof LogError ? (reason ?? error) : error;
      if (refused(error)) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      void admin.disconnect().catch(() => undefined);
    }
  }
  throw unreachable(settings, reason);
}

const refused = (error: unknown): boolean => innermost(error).name === 'KafkaJSSASLAuthenticationError';

function unreachable({ brokers, sasl, tls }: KafkaSettings, error: unknown): LogError {
  const how = [tls && 'TLS', sasl && `SASL ${sasl.mechanism} as ${sasl.username}`]
    .filter(Boolean)
    .join(' and ');
  return new LogError(
    'unreachable',
    `no Kafka broker answers at ${brokers.join(', ')}${how && ` with ${how}`}: ${innermost(error).message}`,
    { cause: error, retriable: !refused(error) },
  );
}
