import { Type, type Static, type TSchema } from 'typebox';

const file = (what: string) =>
  Type.Optional(Type.String({ description: `path of a readable file: ${what}` }));
const topicCharacters = '[A-Za-z0-9._-]';

/** Every variable that the system reads. A description says what is allowed, and is what a bad value's owner is told. */
export const Environment = Type.Object({
  KAFKA_BROKERS: Type.Optional(
    Type.String({
      pattern: String.raw`^\s*[^\s,:/]+:\d{1,5}(\s*,\s*[^\s,:/]+:\d{1,5})*\s*$`,
      description: 'host:port, several separated by commas; unset: the embedded log',
    }),
  ),
  KAFKA_TLS: Type.Optional(Type.Boolean({ description: 'true or false' })),
  KAFKA_TLS_CA: file('PEM certificates of the authority'),
  KAFKA_TLS_CERT: file('PEM client certificate'),
  KAFKA_TLS_KEY: file("PEM key of the client's certificate"),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      description: 'plain, scram-sha-256 or scram-sha-512',
    }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'a user name' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ description: 'a password' })),
  MONGO_URL: Type.Optional(
    Type.String({
      pattern: String.raw`^mongodb(\+srv)?://[^\s/]+(/\S*)?$`,
      description: 'mongodb://… or mongodb+srv://…; unset: the embedded store',
    }),
  ),
  MONGO_TLS_CA: file('PEM certificates of the authority'),
  SMTP_URL: Type.Optional(
    Type.String({
      pattern: String.raw`^smtps?://[^\s/]+(/\S*)?$`,
      description: 'smtp://user:password@host:port or smtps://…; unset: mails are written to files',
    }),
  ),
  MAIL_FROM: Type.String({
    default: 'Perennial <no-reply@perennial.invalid>',
    pattern: String.raw`^([^<>@\r\n]*<[^\s<>@,]+@[A-Za-z0-9.-]+>|[^\s<>@,]+@[A-Za-z0-9.-]+)$`,
    description: 'sender of mails: an address, or Name <address>',
  }),
  UNSUBSCRIBE_URL: Type.String({
    default: 'https://perennial.invalid/unsubscribe',
    pattern: String.raw`^(https?://[^\s/<>]+[^\s<>]*|mailto:[^\s<>@]+@[^\s<>@]+)$`,
    description: 'https://… or mailto:…, offered in every mail; customer and action are added to it',
  }),
  PERENNIAL_DATA: Type.String({
    default: '.perennial',
    description: 'folder of the embedded log and store',
  }),
  CODE_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'at least 32 characters, from which coupon codes are made; unset: one is made and kept in the data folder',
    }),
  ),
  TOPIC_PREFIX: Type.String({
    default: '',
    pattern: `^${topicCharacters}{0,100}$`,
    description: "up to 100 letters, digits, '.', '_' or '-', put before every topic's name",
  }),
  GROUP_ID: Type.String({
    default: 'perennial',
    pattern: `^${topicCharacters}{1,200}$`,
    description: "1 to 200 letters, digits, '.', '_' or '-'",
  }),
  PARTITIONS: Type.Integer({
    default: 8,
    minimum: 1,
    maximum: 1024,
    description: '1 to 1024, the same for every topic; only read when topics are created',
  }),
  ENGINE_THREADS: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 64,
      description:
        '1 to 64 threads of one engine process, which share its partitions; unset: on Kafka one less than the machine has cores, at most 4, else 1',
    }),
  ),
  DEFINITION: file('a lifecycle definition (YAML); unset: the one that comes with the engine'),
  HOST: Type.String({
    default: '127.0.0.1',
    pattern: String.raw`^[A-Za-z0-9.:-]+$`,
    description: 'the address or host name to listen on',
  }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: '0 to 65535; 0 takes a free one',
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'fatal, error, warn, info, debug, trace or silent',
  }),
});

export type Environment = Static<typeof Environment>;
export type VariableName = keyof Environment;

/** Variables as text, those that are set. */
export type Given = Readonly<Partial<Record<VariableName, string>>>;

const properties: Readonly<Record<VariableName, TSchema & { type?: string; description?: string }>> =
  Environment.properties;

/** What is allowed as this variable's value, in words. */
export const allowed = (name: VariableName): string => properties[name].description ?? '';
export const kindOf = (name: VariableName): string | undefined => properties[name].type;

/** Names of the variables, in the order in which they are explained. */
export const variableNames = Object.keys(Environment.properties) as readonly VariableName[];

/** Values that no message may show. */
export const secrets: ReadonlySet<VariableName> = new Set<VariableName>([
  'KAFKA_SASL_USERNAME',
  'KAFKA_SASL_PASSWORD',
  'MONGO_URL',
  'SMTP_URL',
  'CODE_SECRET',
]);
