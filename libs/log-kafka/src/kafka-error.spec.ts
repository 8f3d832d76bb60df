import { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSProtocolError } from 'kafkajs';
import { LogError } from '#pipeline';
import { innermost, mayComeBack, passes, toLogError } from './kafka-error.js';

const protocol = (type: string, retriable: boolean, code = 0) =>
  new KafkaJSProtocolError(Object.assign(new Error(type), { type, retriable, code }));
const wrapped = (cause: Error) => Object.assign(new KafkaJSNonRetriableError(cause), { cause });

describe('an error of kafkajs', () => {
  it.each([
    ['a newer producer of the same id', protocol('INVALID_PRODUCER_EPOCH', false, 47), 'fenced'],
    [
      'the same, by a code that kafkajs does not know',
      protocol('KAFKAJS_UNKNOWN_ERROR_CODE', false, 90),
      'fenced',
    ],
    ['too large', protocol('MESSAGE_TOO_LARGE', false, 10), 'rejected'],
    ['not allowed', protocol('TOPIC_AUTHORIZATION_FAILED', false, 29), 'rejected'],
    ['no such topic', protocol('UNKNOWN_TOPIC_OR_PARTITION', true, 3), 'unknownTopic'],
    ['no connection', new KafkaJSConnectionError('refused'), 'unreachable'],
    [
      'no broker to ask for the coordinator',
      Object.assign(new KafkaJSNonRetriableError('not found'), { name: 'KafkaJSGroupCoordinatorNotFound' }),
      'unreachable',
    ],
    ['no leader just now', protocol('LEADER_NOT_AVAILABLE', true, 5), 'unreachable'],
    ['a broken disk', protocol('KAFKA_STORAGE_ERROR', false, 56), 'storage'],
  ] as const)('for %s keeps what it means, wrapped or not', (_, error, code) => {
    for (const each of [error, wrapped(error), wrapped(wrapped(error))]) {
      expect(toLogError(each, 'testing')).toMatchObject({ code, cause: each });
      expect(toLogError(each, 'testing').message).toContain('Kafka: testing failed: ');
    }
  });

  it('leaves an error of ours as it is, also where kafkajs wrapped it', () => {
    const ours = new LogError('partitions', 'differ');
    expect(toLogError(ours, 'testing')).toBe(ours);
    expect(toLogError(wrapped(ours), 'testing')).toBe(ours);
  });

  it('is the innermost cause', () => {
    const cause = new Error('in the end');
    expect(innermost(wrapped(wrapped(cause)))).toBe(cause);
    expect(innermost('a string').message).toBe('a string');
  });

  it('passes where the same request may succeed later', () => {
    expect(passes(wrapped(new KafkaJSConnectionError('refused')))).toBe(true);
    expect(passes(protocol('NOT_LEADER_FOR_PARTITION', true))).toBe(true);
    expect(passes(protocol('TOPIC_AUTHORIZATION_FAILED', false))).toBe(false);
    expect(
      passes(Object.assign(new Error('gone'), { name: 'KafkaJSOffsetOutOfRange', retriable: true })),
    ).toBe(false);
    expect(passes(new RangeError('a bug'))).toBe(false);
    expect(passes(new LogError('unreachable', 'later'))).toBe(true);
    expect(passes(new LogError('storage', 'never'))).toBe(false);
  });

  it('lets a consumer that crashed on it come back where nobody has to do anything about this consumer', () => {
    const noCoordinator = Object.assign(new KafkaJSNonRetriableError('Failed to find group coordinator'), {
      name: 'KafkaJSGroupCoordinatorNotFound',
    });
    for (const error of [
      noCoordinator,
      wrapped(new KafkaJSConnectionError('refused')),
      wrapped(new TypeError('no answer taken apart as one')),
      protocol('UNKNOWN_TOPIC_OR_PARTITION', true, 3),
    ])
      expect(mayComeBack(error)).toBe(true);
    for (const error of [
      protocol('GROUP_AUTHORIZATION_FAILED', false, 30),
      wrapped(new LogError('partitions', 'differ')),
      new RangeError('a bug'),
    ])
      expect(mayComeBack(error)).toBe(false);
  });
});
