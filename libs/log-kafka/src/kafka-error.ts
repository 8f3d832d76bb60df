import { LogError, type LogErrorCode } from '#pipeline';

const codeOfType: Readonly<Record<string, LogErrorCode>> = {
  INVALID_PRODUCER_EPOCH: 'fenced',
  INVALID_PRODUCER_ID_MAPPING: 'fenced',
  UNKNOWN_TOPIC_OR_PARTITION: 'unknownTopic',
  INVALID_TOPIC_EXCEPTION: 'unknownTopic',
  MESSAGE_TOO_LARGE: 'rejected',
  RECORD_LIST_TOO_LARGE: 'rejected',
  CORRUPT_MESSAGE: 'rejected',
  INVALID_TIMESTAMP: 'rejected',
  POLICY_VIOLATION: 'rejected',
  TOPIC_AUTHORIZATION_FAILED: 'rejected',
  GROUP_AUTHORIZATION_FAILED: 'rejected',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'rejected',
  CLUSTER_AUTHORIZATION_FAILED: 'rejected',
};

/** Error codes younger than kafkajs, which it does not know by name. */
const codeOfNumber: Readonly<Record<number, LogErrorCode>> = { 87: 'rejected', 90: 'fenced' };

/** What kafkajs throws, as far as it matters here. */
export interface KafkaError extends Error {
  readonly type?: string;
  readonly code?: number | string;
  readonly retriable?: boolean;
}

/** kafkajs wraps what it retried in vain; the cause within. */
export function innermost(error: unknown): KafkaError {
  const given = error instanceof Error ? error : new Error(String(error));
  return given.cause instanceof Error && given.cause !== given ? innermost(given.cause) : given;
}

/**
 * Names of errors that say no more than that nobody answered. What no broker answered, kafkajs takes apart as if it were an
 * answer; and while it knows of no broker at all, it holds the coordinator for lost for good.
 */
const outOfReach = /Connection|Timeout|BrokerNotFound|NoBroker|TypeError|CoordinatorNotFound/;

/** A failed request as an error of the port; `doing` completes "Kafka: … failed". */
export function toLogError(error: unknown, doing: string): LogError {
  const inner = innermost(error);
  if (error instanceof LogError) return error;
  if (inner instanceof LogError) return inner;
  const { name, type = '', code: number, message, retriable } = inner;
  const code = codeOfType[type] ?? codeOfNumber[Number(number)];
  const text = `Kafka: ${doing} failed: ${message}`;
  if (code !== undefined) return new LogError(code, text, { cause: error });
  if (name === 'KafkaJSSASLAuthenticationError')
    return new LogError('unreachable', text, { cause: error, retriable: false });
  if (outOfReach.test(name) || retriable === true) return new LogError('unreachable', text, { cause: error });
  return new LogError('storage', text, { cause: error });
}

/** May the same request succeed later, without anybody's doing? */
export function passes(error: unknown): boolean {
  const { name, retriable } = innermost(error);
  if (error instanceof LogError) return error.retriable;
  return (
    (retriable === true && name !== 'KafkaJSOffsetOutOfRange') ||
    /^KafkaJS(LockTimeout|GroupCoordinatorNotFound)$/.test(name)
  );
}

/**
 * May a consumer that crashed on this be replaced by one that does not? A topic that is missing may be restored; what no
 * broker answered is no answer.
 */
export function mayComeBack(error: unknown): boolean {
  const { code, retriable } = toLogError(error, 'being a member');
  return retriable || code === 'unknownTopic' || passes(error);
}
