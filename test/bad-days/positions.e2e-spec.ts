import { cp, rm } from 'node:fs/promises';
import { describeWith, kafka, temporaryFolder, until } from '#testing';
import { factsOfAll } from '../support/embedded-engine.js';
import { firstHalf, onKafka, secondHalf, stopped, type OnKafka } from './kafka-installation.given.js';

const MINUTE = 60_000;

await describeWith({ kafka }, 'log and store that no longer belong together', (use) => {
  let here: OnKafka;
  let purchases: string;
  beforeEach(async () => {
    here = await onKafka(use.kafka.address);
    purchases = here.topic('purchase.events.v1');
    await here.publish(firstHalf);
  }, MINUTE);
  afterEach(() => here.close());

  const standing = async (partition: number) =>
    (await here.log.groupOffsets(here.group, [purchases]))[purchases]?.[partition] ?? 0;
  /** The reason names where the store's last batch ended, and where the group stands. */
  const named = (store: number, group: number | 'none') =>
    new RegExp(` to ${purchases}:${store}\\b.* but group .* stands at ${purchases}:${group}\\b`);
  const setOffsets = async (partition: number, offsets: Readonly<Record<string, number>>) => {
    const session = await here.log.openSession(here.group, partition, Object.keys(offsets));
    await session.commit([], offsets);
    await session.close();
  };

  it(
    'stop the partition whose offsets were reset, naming both positions, until they are set back',
    async () => {
      await here.catchUp();
      const before = await standing(1);
      await setOffsets(1, { [purchases]: 3 });
      await here.publish(secondHalf);
      const running = await here.start();
      const reasons = await stopped(running);
      await running.stop();
      expect([...reasons.keys()]).toEqual([1]);
      expect(reasons.get(1)).toMatch(named(before, 3));
      expect(reasons.get(1)).toMatch(/Set the group's offsets .* restore the store .* new GROUP_ID/);

      await setOffsets(1, { [purchases]: before });
      await here.catchUp();
    },
    2 * MINUTE,
  );

  it(
    'stop every partition when the offsets of the group expired',
    async () => {
      await here.catchUp();
      const before = [await standing(0), await standing(1)];
      await here.admin.deleteGroups([here.group]);
      const reasons = await stopped(await here.start());
      expect([...reasons.keys()]).toEqual([0, 1]);
      for (const [partition, reason] of reasons) {
        expect(reason).toContain(` to ${purchases}:${before[partition]}`);
        expect(reason).toContain('stands at nothing');
      }
    },
    2 * MINUTE,
  );

  it(
    'stop where the store is an older copy, and give the same facts once the offsets are set to its last batch',
    async () => {
      const copy = temporaryFolder('copy');
      await here.catchUp();
      await cp(here.folder, copy, { recursive: true });
      await here.publish(secondHalf);
      const facts = await here.catchUp(({ backends }) => factsOfAll(backends.store));

      await rm(here.folder, { recursive: true });
      await cp(copy, here.folder, { recursive: true });
      const running = await here.start();
      const reasons = await stopped(running);
      await running.stop();
      expect([...reasons.keys()]).toEqual([0, 1]);
      for (const [partition, reason] of reasons) await setOffsets(partition, endIn(reason));
      expect(await here.catchUp(({ backends }) => factsOfAll(backends.store))).toEqual(facts);
    },
    2 * MINUTE,
  );

  it(
    'stop only the partition whose records were deleted before they were read',
    async () => {
      await here.catchUp();
      const before = await standing(1);
      await here.publish(secondHalf);
      const [, range] = await here.log.range(purchases);
      const partitions = [{ partition: 1, offset: String(range!.end) }];
      await here.admin.fetchTopicOffsets(purchases);
      await here.admin.deleteTopicRecords({ topic: purchases, partitions });
      const reasons = await stopped(await here.start());
      expect([...reasons.keys()]).toEqual([1]);
      expect(reasons.get(1)).toContain(
        `next offset of ${purchases} is ${before}, the log holds ${range!.end} to ${range!.end}`,
      );
    },
    2 * MINUTE,
  );

  it(
    'stop every partition of a topic that was deleted and made again while no engine ran',
    async () => {
      await here.catchUp();
      const before = [await standing(0), await standing(1)];
      await deleted();
      await here.installation.perennial('topics', 'create');
      // As much as before and more: by its length alone the new topic could be the old one.
      await here.publish([...firstHalf, ...secondHalf]);
      const reasons = await stopped(await here.start());
      expect([...reasons.keys()]).toEqual([0, 1]);
      for (const [partition, reason] of reasons)
        expect(reason).toMatch(named(before[partition] ?? 0, 'none'));
    },
    2 * MINUTE,
  );

  it(
    'stop every partition of a topic made again whose old positions a late commit has written anew',
    async () => {
      await here.catchUp();
      const before = [await standing(0), await standing(1)];
      await deleted();
      await here.installation.perennial('topics', 'create');
      // In another order, and more than before: by its length alone the new topic could be the old one.
      await here.publish([...secondHalf, ...firstHalf]);
      for (const [partition, offset] of before.entries())
        await setOffsets(partition, { [purchases]: offset });
      const reasons = await stopped(await here.start());
      expect([...reasons.keys()]).toEqual([0, 1]);
      for (const [partition, reason] of reasons) {
        expect(reason).toMatch(/last batch read \S+:\d+, where another record stands now/);
        expect(reason).toContain(`stands at ${purchases}:${before[partition]} of the old one`);
        expect(reason).toMatch(/Restore the topic, or start an empty store under a new GROUP_ID/);
      }
    },
    2 * MINUTE,
  );

  it(
    'stop every partition of a topic that is deleted and made again under a running engine',
    async () => {
      const running = await here.start();
      await until('the first records are committed', MINUTE, async () => (await standing(1)) > 0);
      await deleted();
      await until('every partition has noticed', MINUTE, () =>
        running.engine.status().tasks.every(({ state }) => state !== 'running'),
      );
      await here.installation.perennial('topics', 'create');
      await here.publish([...firstHalf, ...secondHalf]);
      // They look again every 10 s.
      await until('every partition names both positions', MINUTE, () =>
        running.engine
          .status()
          .tasks.every(({ reason = '' }) => reason.includes(`stands at ${purchases}:none`)),
      );
    },
    2 * MINUTE,
  );

  it.each(['profile.events.v1', 'retention.actions.v1'])(
    'are told within 30 s by the readiness of an idle engine: %s is gone',
    async (name) => {
      const gone = here.topic(name);
      const running = await here.start();
      await until('all is folded', MINUTE, () => running.engine.status().tasks.every(({ quiet }) => quiet));
      expect((await fetch(`${running.engine.url}/health/ready`)).status).toBe(200);
      await deleted(gone);
      await until('it is not ready', MINUTE / 2, async () => {
        const response = await fetch(`${running.engine.url}/health/ready`);
        return response.status === 503 && (await response.text()).includes(gone);
      });
      if (name === 'profile.events.v1') return;
      await here.installation.perennial('topics', 'create');
      await until('it is ready', MINUTE / 2, () => running.engine.status().ready);
    },
    2 * MINUTE,
  );

  async function deleted(topic = purchases): Promise<void> {
    await here.admin.deleteTopics({ topics: [topic] });
    await until('the topic is gone', MINUTE, async () => (await here.log.topics([topic])).length === 0);
  }
});

/** Where the store's last batch ended, as the reason names it: `to TOPIC:OFFSET, TOPIC:OFFSET, but group …`. */
function endIn(reason: string): Record<string, number> {
  const [, list = ''] = / to (\S+:\d+(?:, \S+:\d+)*), but/.exec(reason) ?? [];
  return Object.fromEntries(
    list.split(', ').map((each) => {
      const at = each.lastIndexOf(':');
      return [each.slice(0, at), Number(each.slice(at + 1))];
    }),
  );
}
