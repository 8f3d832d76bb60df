import { inputTopics, orderTopic, topicName } from '#contracts';
import { checkRetention } from './check-retention.js';

const topics = [...inputTopics, orderTopic].map((name) => topicName('acme.', name));
const day = 86_400_000;
const log = (kept: Readonly<Record<string, number>>) => ({
  retention: async (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, kept[name] ?? 7 * day])),
});

describe('the retention of inputs and order', () => {
  it('is fine where it is one', async () => {
    expect(await checkRetention(log({}), 'acme.', topics)).toEqual([
      { check: 'retention', state: 'ok', detail: 'inputs and order: 7 days' },
    ]);
  });

  it('is noted where it differs, naming those that do', async () => {
    const kept = { 'acme.support.events.v1': -1, 'acme.purchase.events.v1': 2 * day };
    const [check] = await checkRetention(log(kept), 'acme.', topics);
    expect(check).toMatchObject({ state: 'note' });
    expect(check?.detail).toContain('acme.lifecycle.order.v1: 7 days');
    expect(check?.detail).toContain('acme.support.events.v1: for ever');
    expect(check?.detail).toContain('acme.purchase.events.v1: 2 days');
    expect(check?.detail).not.toContain('profile');
  });

  it('is not asked of a log that deletes nothing', async () => {
    expect(await checkRetention({}, 'acme.', topics)).toEqual([]);
  });
});
