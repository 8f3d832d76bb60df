import { topicName, topicRoles, topicSpecs } from '#contracts';
import type { Command } from '../context.js';
import { exitCode } from '../exit-code.js';
import { printRows, type Format } from '../output.js';

const columns = ['topic', 'role', 'partitions', 'offsets'];

/** `perennial topics create`: creates those that are missing and lists them all. */
export const createTopics =
  (output: Format): Command =>
  async (context) => {
    const { config, terminal } = context;
    const { log } = await context.backends();
    const created = await log.createTopics(topicSpecs(config.topicPrefix, config.partitions));
    terminal.say(created.length === 0 ? 'All topics exist.' : `Created ${created.length} topics.`);
    return listTopics(output)(context);
  };

/**
 * `perennial topics list`: every topic of the catalogue; exit code 1 when one is missing. Offsets are records, and on
 * Kafka the marks of transactions too.
 */
export const listTopics =
  (output: Format): Command =>
  async ({ terminal, config, backends }) => {
    const { log } = await backends();
    const plan = topicRoles.map(({ name, role }) => ({ topic: topicName(config.topicPrefix, name), role }));
    const existing = await log.topics(plan.map(({ topic }) => topic));
    const rows = await Promise.all(
      plan.map(async ({ topic, role }) => {
        const partitions = existing.find(({ name }) => name === topic)?.partitions ?? 0;
        const ranges = partitions === 0 ? [] : await log.range(topic);
        return {
          topic,
          role,
          partitions,
          offsets: ranges.reduce((sum, { start, end }) => sum + end - start, 0),
        };
      }),
    );
    await printRows(terminal, output, rows, columns);
    const missing = rows.filter(({ partitions }) => partitions === 0);
    if (missing.length === 0) return exitCode.ok;
    terminal.say(`${missing.length} topics are missing: 'perennial topics create' creates them.`);
    return exitCode.failure;
  };
