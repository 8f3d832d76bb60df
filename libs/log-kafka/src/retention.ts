import kafkajs, { type Admin } from 'kafkajs';
import { toLogError } from './kafka-error.js';

// Node finds no names of a CommonJS module that are set as this one is.
const { ConfigResourceTypes } = kafkajs;
const setting = 'retention.ms';

/** How long the brokers keep these topics' records, ms by topic; -1 for ever. */
export async function retentionOf(
  admin: Admin,
  topics: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  if (topics.length === 0) return {};
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: [setting] })),
    });
    return Object.fromEntries(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Number(configEntries.find(({ configName }) => configName === setting)?.configValue ?? NaN),
      ]),
    );
  } catch (error) {
    throw toLogError(error, `reading ${setting} of topics`);
  }
}
