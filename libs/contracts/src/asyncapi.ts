import {
  binaryMessage,
  binaryName,
  bindingVersion,
  deadLetterMessage,
  structuredMessage,
  types,
} from './asyncapi-messages.js';
import { eventTypes, type EventType } from './catalogue.js';
import { inboxTopic, topicName, topicRoles, topicSpecs, type TopicRole } from './topics.js';

type Json = Readonly<Record<string, unknown>>;

export interface AsyncApiOptions {
  /** Version of the product. */
  readonly version: string;
  /** `host:port` of a broker, as clients reach it. */
  readonly broker?: string;
  readonly prefix?: string;
  readonly partitions?: number;
  readonly retentionMs?: number;
}

export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly channels: Readonly<Record<string, Json>>;
  readonly operations: Readonly<Record<string, Json>>;
  readonly components: { readonly messages: Json; readonly schemas: Json };
  readonly [section: string]: unknown;
}

const channelDescriptions: Readonly<Record<string, string>> = {
  'purchase.events.v1': 'What customers buy, return and leave.',
  'support.events.v1': 'Cases, contacts and tasks.',
  'engagement.events.v1': 'Visits, messages, surveys, referrals and campaigns.',
  'profile.events.v1': 'Who customers are and what they allow.',
  'lifecycle.inbox.v1':
    'Perennial’s own input, by customer: timers, announcements, activated definitions, and re-routed records with `x-origin-*` headers.',
  'lifecycle.order.v1': 'The order in which events were folded, batch by batch: what a replay repeats.',
  'lifecycle.transitions.v1': 'Every change of stage, health and definition.',
  'retention.actions.v1': 'Retention actions, requested and suppressed.',
  'loyalty.ledger.v1': 'Points, tiers, rewards and coupons.',
  'quality.signals.v1': 'Products that draw complaints or returns; the key is the product.',
};

const upstream = (type: EventType): boolean => eventTypes[type].direction === 'input';
const standsOn = (type: EventType, topic: string): boolean =>
  eventTypes[type].topic === topic || eventTypes[type].alsoOn === topic;

/** Names of a topic's messages. Upstream's may come in either mode; the inbox takes those again when re-routed. */
function messagesOf(topic: string, role: TopicRole): readonly string[] {
  if (role === 'dlq') return ['dead-letter'];
  const here = types.filter((type) => standsOn(type, topic) || (topic === inboxTopic && upstream(type)));
  const binary = role === 'output' ? [] : here.filter(upstream).map(binaryName);
  return [...here, ...binary];
}

const referTo = (names: readonly string[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

function channels({ prefix = '', partitions, retentionMs }: AsyncApiOptions): AsyncApiDocument['channels'] {
  const specs = new Map(topicSpecs(prefix, partitions, retentionMs).map((spec) => [spec.name, spec]));
  return Object.fromEntries(
    topicRoles.map(({ name, role }) => {
      const address = topicName(prefix, name);
      const spec = specs.get(address);
      return [
        name,
        {
          address,
          title: name,
          description:
            channelDescriptions[name] ?? `Records of ${name.slice(0, -'.dlq'.length)} that were given up.`,
          messages: referTo(messagesOf(name, role)),
          bindings: {
            kafka: {
              topic: address,
              partitions: spec?.partitions,
              topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': spec?.retentionMs },
              bindingVersion,
            },
          },
        },
      ];
    }),
  );
}

const operation = (action: 'send' | 'receive', topic: string, role: TopicRole, summary: string): Json => ({
  action,
  summary,
  channel: { $ref: `#/channels/${topic}` },
  messages: messagesOf(topic, role).map((name) => ({ $ref: `#/channels/${topic}/messages/${name}` })),
  ...(action === 'receive' && {
    bindings: {
      kafka: {
        groupId: { type: 'string', description: 'The engine’s consumer group, `GROUP_ID`.' },
        bindingVersion,
      },
    },
  }),
});

const summaries: Readonly<Record<TopicRole, string>> = {
  input: 'Upstream systems publish, Perennial folds.',
  internal: 'Perennial writes to itself.',
  output: 'Perennial publishes, subscribers read committed.',
  dlq: 'Perennial puts aside what it cannot take.',
};

const operations = (): AsyncApiDocument['operations'] =>
  Object.fromEntries(
    topicRoles.flatMap(({ name, role }) => [
      ...(role === 'input' || name === inboxTopic
        ? [[`receive.${name}`, operation('receive', name, role, summaries.input)] as const]
        : []),
      ...(role === 'input'
        ? []
        : [[`send.${name}`, operation('send', name, role, summaries[role])] as const]),
    ]),
  );

/** The AsyncAPI document of every topic, key and event, made from the catalogue. Plain JSON. */
export function asyncApi(options: AsyncApiOptions): AsyncApiDocument {
  const document = {
    asyncapi: '3.0.0',
    id: 'urn:perennial:events',
    info: {
      title: 'Perennial',
      version: options.version,
      description:
        'An event-driven customer-lifecycle engine: upstream systems publish what customers do, Perennial publishes ' +
        'every change of the relationship and every retention action. Events are CloudEvents 1.0; the record key is ' +
        'the subject, and the partition murmur2(key) mod partitions, as Kafka’s Java client has it.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      kafka: {
        host: options.broker ?? 'localhost:9092',
        protocol: 'kafka',
        description: 'Apache Kafka 4; subscribers read with isolation level read_committed.',
      },
    },
    channels: channels(options),
    operations: operations(),
    components: {
      messages: {
        ...Object.fromEntries(types.map((type) => [type, structuredMessage(type)])),
        ...Object.fromEntries(types.filter(upstream).map((type) => [binaryName(type), binaryMessage(type)])),
        'dead-letter': deadLetterMessage,
      },
      schemas: Object.fromEntries(types.map((type) => [type, eventTypes[type].schema])),
    },
  };
  // Takes off what the schema library keeps beside JSON.
  return JSON.parse(JSON.stringify(document)) as AsyncApiDocument;
}
