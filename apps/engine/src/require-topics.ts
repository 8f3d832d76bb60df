import { topicSpecs } from '#contracts';
import type { Config } from '#config';
import type { EventLog } from '#pipeline';

/**
 * The partition count of the engine's topics.
 * @throws Error naming the topics that are missing or do not have the same count.
 */
export async function requireTopics(log: EventLog, config: Config): Promise<number> {
  const specs = topicSpecs(config.topicPrefix, config.partitions);
  const found = new Map((await log.topics(specs.map((s) => s.name))).map((t) => [t.name, t.partitions]));
  const missing = specs.filter((s) => !found.has(s.name)).map((s) => s.name);
  if (missing.length > 0)
    throw new Error(
      `topics are missing: ${missing.join(', ')}. Create them with \`perennial topics create\`.`,
    );
  const counts = new Set(found.values());
  const [partitions] = counts;
  if (counts.size !== 1 || partitions === undefined) {
    const list = [...found].map(([name, n]) => `${name}: ${n}`).join(', ');
    throw new Error(
      `every topic needs the same partition count, found ${list}. Create them anew, or use another TOPIC_PREFIX.`,
    );
  }
  return partitions;
}
