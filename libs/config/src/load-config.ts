import { resolve } from 'node:path';
import { Value } from 'typebox/value';
import { ConfigError, type ConfigProblem } from './config-error.js';
import type { Config, KafkaConfig } from './config.js';
import { contradictions } from './contradictions.js';
import {
  allowed,
  Environment,
  kindOf,
  secrets,
  variableNames,
  type Given,
  type VariableName,
} from './environment.js';
import { unreadable } from './unreadable.js';

/**
 * Reads the settings from the environment; an empty value counts as unset, relative paths start at the current folder.
 * @throws ConfigError naming every bad variable and what is allowed there.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Given = Object.fromEntries(
    variableNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const values = Value.Default(Environment, Object.fromEntries(Object.entries(given).map(typed)));
  const malformed = misfits(values, given);
  const sound = values as Environment;
  const problems = [...malformed, ...unreadable(given), ...contradictions(given)];
  if (problems.length > 0) throw new ConfigError(firstOfEach(problems));

  const kafka = kafkaConfig(sound);
  return deepFreeze<Config>({
    ...(kafka && { kafka }),
    ...(sound.MONGO_URL !== undefined && {
      mongo: { url: sound.MONGO_URL, ...(sound.MONGO_TLS_CA && { tlsCa: resolve(sound.MONGO_TLS_CA) }) },
    }),
    ...(sound.SMTP_URL !== undefined && { smtpUrl: sound.SMTP_URL }),
    ...(sound.DEFINITION !== undefined && { definition: resolve(sound.DEFINITION) }),
    ...(sound.CODE_SECRET !== undefined && { codeSecret: sound.CODE_SECRET }),
    ...(sound.ENGINE_THREADS !== undefined && { threads: sound.ENGINE_THREADS }),
    mailFrom: sound.MAIL_FROM,
    unsubscribeUrl: sound.UNSUBSCRIBE_URL,
    dataDir: resolve(sound.PERENNIAL_DATA),
    topicPrefix: sound.TOPIC_PREFIX,
    groupId: sound.GROUP_ID,
    partitions: sound.PARTITIONS,
    host: sound.HOST,
    port: sound.PORT,
    logLevel: sound.LOG_LEVEL,
  });
}

function typed([name, text]: readonly [string, string]): readonly [string, unknown] {
  const kind = kindOf(name as VariableName);
  if (kind === 'integer' && /^\d+$/.test(text)) return [name, Number(text)];
  if (kind === 'boolean' && /^(true|false)$/.test(text)) return [name, text === 'true'];
  return [name, text];
}

function misfits(values: unknown, given: Given): ConfigProblem[] {
  return Value.Errors(Environment, values).map(({ instancePath }) => {
    const variable = instancePath.slice(1) as VariableName;
    const shown = secrets.has(variable) ? 'the value' : `'${given[variable]}'`;
    return {
      variable,
      message: `${shown} is not allowed; expected ${allowed(variable)}`,
    };
  });
}

function kafkaConfig(env: Environment): KafkaConfig | undefined {
  if (env.KAFKA_BROKERS === undefined) return undefined;
  const { KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key } = env;
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD } = env;
  return {
    brokers: env.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ...((env.KAFKA_TLS === true || ca !== undefined || cert !== undefined) && {
      tls: {
        ...(ca !== undefined && { ca: resolve(ca) }),
        ...(cert !== undefined &&
          key !== undefined && { client: { cert: resolve(cert), key: resolve(key) } }),
      },
    }),
    ...(mechanism !== undefined && {
      sasl: { mechanism, username: KAFKA_SASL_USERNAME ?? '', password: KAFKA_SASL_PASSWORD ?? '' },
    }),
  };
}

function firstOfEach(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.filter((p, i) => problems.findIndex((q) => q.variable === p.variable) === i);
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value) as unknown[])
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
