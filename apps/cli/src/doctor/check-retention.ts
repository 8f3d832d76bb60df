import { inputTopics, orderTopic, topicName } from '#contracts';
import type { EventLog } from '#pipeline';
import type { Check } from './checks.js';

/**
 * Inputs and order must be kept equally long: a replay needs the same stretch of each. Says which differ. Nothing on a log that
 * deletes nothing by itself.
 */
export async function checkRetention(
  log: Pick<EventLog, 'retention'>,
  prefix: string,
  existing: readonly string[],
): Promise<Check[]> {
  const topics = [...inputTopics, orderTopic]
    .map((name) => topicName(prefix, name))
    .filter((topic) => existing.includes(topic));
  if (!log.retention || topics.length === 0) return [];
  const kept = await log.retention(topics);
  const check = 'retention';
  const order = topicName(prefix, orderTopic);
  const usual = kept[order] ?? kept[topics[0] ?? ''] ?? NaN;
  const differing = topics.filter((topic) => kept[topic] !== usual);
  if (differing.length === 0) return [{ check, state: 'ok', detail: `inputs and order: ${inWords(usual)}` }];
  const detail = differing.map((topic) => `${topic}: ${inWords(kept[topic] ?? NaN)}`).join(', ');
  return [
    {
      check,
      state: 'note',
      detail:
        `${order}: ${inWords(usual)}, but ${detail}. A replay needs the same stretch of each: set one retention.ms for ` +
        "all, or take 'perennial snapshot' before the shortest ends",
    },
  ];
}

function inWords(ms: number): string {
  if (ms < 0) return 'for ever';
  if (Number.isNaN(ms)) return 'unknown';
  const days = ms / 86_400_000;
  return days >= 1 ? `${Math.round(days * 10) / 10} days` : `${Math.round(ms / 36_000) / 100} hours`;
}
