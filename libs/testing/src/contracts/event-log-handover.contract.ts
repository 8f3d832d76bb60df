import { until } from '../services/index.js';
import { CopyingTask } from './copying-task.js';
import { numbered, type LogBench } from './log-bench.js';
import { readAll, record, valuesOf } from './log-worker.js';

/** Several members of one group: sharing and handing over. */
export function handoverRules({ log, topics, group, patience }: LogBench): void {
  const eventually = (what: string, condition: () => boolean | Promise<boolean>): Promise<void> =>
    until(what, patience, condition);

  describe('two members of one group', () => {
    it('split the partition indexes, and one takes over from the other', async () => {
      const [a, b] = await topics('a', 'b');
      const g = group();
      const first = await record(log(), g, [a!, b!]);
      const second = await record(log(), g, [a!, b!]);
      const shares = () => [first.membership.assigned(), second.membership.assigned()];
      await eventually('one each', () => shares().every((share) => share.length === 1));
      expect(shares().flat().sort()).toEqual([0, 1]);
      const [mine] = second.membership.assigned();
      await log().publish([...numbered(a!, mine!, 1), ...numbered(b!, mine!, 1)]);
      const task = () => second.tasks.findLast((each) => each.partition === mine);
      await eventually('both topics', () => [a, b].every((topic) => task()?.records(topic).length === 1));

      await first.membership.leave();
      await eventually('both at the other', () => second.membership.assigned().length === 2);
      expect(first.tasks.every((each) => each.stopped)).toBe(true);
      const [live, ended] = [true, false].map((is) => second.tasks.filter((each) => each.stopped !== is));
      expect(live!.map((each) => each.partition).sort()).toEqual([0, 1]);
      expect(ended!.length).toBeGreaterThan(0);
      await second.membership.leave();
    });

    it('lose and repeat nothing while members come and go', async () => {
      const [a, b, target] = await topics('a', 'b', 'target');
      const g = group();
      const failures: Error[] = [];
      const join = () =>
        log().join({
          group: g,
          topics: [a!, b!],
          open: (partition) => new CopyingTask(log(), g, partition, [a!, b!], target!),
          onFailure: (error) => failures.push(error),
        });
      const expected: string[] = [];
      const publish = async (round: number): Promise<void> => {
        for (const [topic, name] of [
          [a!, 'a'],
          [b!, 'b'],
        ] as const)
          for (const partition of [0, 1]) {
            const records = numbered(topic, partition, 50, `${name}${partition}-${round}-`);
            expected.push(...records.map(({ value }) => value as string));
            await log().publish(records);
          }
      };
      await publish(0);
      const members = [await join()];
      for (let round = 1; round <= 4; round++) {
        await publish(round);
        if (round % 2 === 1) members.push(await join());
        else await members.shift()!.leave();
        await publish(round + 10);
      }
      const copied = async (): Promise<string[]> => valuesOf(await readAll(log(), target!));
      await eventually('every record', async () => (await copied()).length >= expected.length);
      const all = await copied();
      expect([...all].sort()).toEqual([...expected].sort());
      for (const line of ['a0', 'a1', 'b0', 'b1']) {
        const of = (values: readonly string[]) => values.filter((value) => value.startsWith(line));
        expect(of(all)).toEqual(of(expected));
      }
      expect(failures).toEqual([]);
      await Promise.all(members.map((member) => member.leave()));
    });
  });
}
