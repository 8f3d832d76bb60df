import { asyncApi } from '#contracts';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';

/** `perennial asyncapi`: the AsyncAPI 3 document in JSON, with the settings' topic names, partitions and first broker. */
export const asyncapi =
  (version: string): Command =>
  async ({ terminal, config }) => {
    const document = asyncApi({
      version,
      prefix: config.topicPrefix,
      partitions: config.partitions,
      ...(config.kafka?.brokers[0] === undefined ? {} : { broker: config.kafka.brokers[0] }),
    });
    await terminal.out(`${JSON.stringify(document, null, 2)}\n`);
    return exitCode.ok;
  };
