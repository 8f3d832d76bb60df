import { eventTypes } from './catalogue.js';
import { inputTopics, orderTopic, topicRoles, topicSpecs } from './topics.js';

describe('topics', () => {
  it('hold every event type, and nothing else', () => {
    const named = new Set(Object.values(eventTypes).flatMap(({ topic, alsoOn }) => [topic, alsoOn ?? topic]));
    const roles = topicRoles.filter(({ role }) => role !== 'dlq').map(({ name }) => name);
    expect([...named].sort()).toEqual([...roles].sort());
  });

  it('are co-partitioned, and a prefix goes in front of each', () => {
    const specs = topicSpecs('acme.', 12);
    expect(new Set(specs.map(({ partitions }) => partitions))).toEqual(new Set([12]));
    for (const { name } of specs) expect(name).toMatch(/^acme\.[a-z]+\.[a-z]+\.v1(\.dlq)?$/);
  });

  it('keep inputs and their order equally long, and dead letters for ever', () => {
    const kept = new Map(topicSpecs('', 8, 1_000).map(({ name, retentionMs }) => [name, retentionMs]));
    for (const name of [...inputTopics, orderTopic]) expect(kept.get(name)).toBe(1_000);
    for (const name of inputTopics) expect(kept.get(`${name}.dlq`)).toBe(-1);
  });
});
