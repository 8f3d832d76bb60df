import { deadLetter, decodeRecord, inboxTopic, topicName } from '#contracts';
import type { Logger } from '#observability';
import type { Clock } from '#pipeline';
import type { LogTransportOptions } from '#transport';
import type { MailerConfig } from './mailer-config.js';
import { readOutput } from './read-output.js';

const actionsTopic = 'retention.actions.v1';
/** Topics with profile updates. */
export const profileTopics = ['profile.events.v1', inboxTopic] as const;
const subscribed = [actionsTopic, ...profileTopics] as const;

export type Subscription = Pick<LogTransportOptions, 'topics' | 'decode' | 'deadLetter'>;

/**
 * What the mailer reads and how. Redriven records of either topic come by the inbox. What cannot be decoded on the
 * engine's own input is left to the engine, which dead-letters it; an undecodable action is the mailer's dead letter.
 */
export function subscription(
  { topicPrefix }: Pick<MailerConfig, 'topicPrefix'>,
  clock: Pick<Clock, 'now'>,
  logger: Pick<Logger, 'warn'>,
): Subscription {
  const actions = topicName(topicPrefix, actionsTopic);
  return {
    topics: subscribed.map((topic) => topicName(topicPrefix, topic)),
    decode: (record) => {
      if (record.topic === actions) return readOutput(record);
      const decoded = decodeRecord(record, { now: clock.now(), prefix: topicPrefix });
      if (decoded.ok) return { kind: 'event', event: decoded.event };
      const redriven = decoded.errorClass === 'wrongTopic' ? readOutput(record) : undefined;
      return redriven?.kind === 'event' && redriven.event.type === 'action.requested.v1'
        ? redriven
        : { kind: 'skip' };
    },
    deadLetter: ({ record, reason, attempts, group }) => {
      const { topic, partition, offset } = record;
      const place = { topic, partition, offset, code: reason.code };
      logger.warn(place, `dead letter: ${reason.message}`);
      return deadLetter(record, {
        group,
        stage: attempts === 0 ? 'decode' : 'handle',
        errorClass: reason.code,
        message: reason.message,
        attempts,
        failedAt: clock.now(),
      });
    },
  };
}
