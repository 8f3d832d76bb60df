import { freshName, until } from '../services/index.js';
import { numbered, spec, type LogBench } from './log-bench.js';
import { record, valuesOf, type Recorder } from './log-worker.js';

/** One member of a group: what it is handed, and how it ends. */
export function groupRules({ log, another, reopen, topics, group, patience }: LogBench): void {
  const eventually = (what: string, condition: () => boolean | Promise<boolean>): Promise<void> =>
    until(what, patience, condition);

  describe('a group', () => {
    it('gives its only member every partition index, and each task all topics of its index', async () => {
      const [a, b] = await topics('a', 'b');
      const { membership, tasks } = await record(log(), group(), [a!, b!]);
      await eventually('both partitions', () => membership.assigned().length === 2);
      await log().publish([0, 1].flatMap((p) => [...numbered(a!, p, 3), ...numbered(b!, p, 2)]));
      for (const partition of [0, 1]) {
        const task = (): Recorder => tasks.findLast((each) => each.partition === partition)!;
        await eventually('all records', () => task().records().length === 5);
        expect(
          task()
            .records(a)
            .map((each) => each.offset),
        ).toEqual([0, 1, 2]);
        expect(
          task()
            .records(b)
            .map((each) => each.offset),
        ).toEqual([0, 1]);
        expect(
          task()
            .records()
            .every((each) => each.partition === partition),
        ).toBe(true);
      }
      await membership.leave();
    });

    it('starts at the beginning, and after that at the committed offsets', async () => {
      const [a] = await topics('a');
      const g = group();
      await log().publish(numbered(a!, 0, 10));
      const first = await record(log(), g, [a!]);
      await eventually('the beginning', () => first.tasks.some((task) => task.records()[0]?.offset === 0));
      await first.membership.leave();

      const session = await log().openSession(g, 0, [a!]);
      await session.commit([], { [a!]: 6 });
      await session.close();
      const again = await reopen();
      const second = await record(again, g, [a!]);
      await eventually('the rest', () => second.tasks.some((task) => task.records().length > 0));
      expect(second.tasks.flatMap((task) => task.records())[0]?.offset).toBe(6);
      await second.membership.leave();
    });

    it('says position and end of every topic, of empty ones too', async () => {
      const [full, empty] = await topics('full', 'empty');
      await log().publish(numbered(full!, 0, 5));
      const { membership, tasks } = await record(log(), group(), [full!, empty!]);
      const task = (): Recorder | undefined => tasks.findLast((each) => each.partition === 0);
      await eventually('the end', () => task()?.last(full!)?.position === 5);
      await eventually('word of the empty topic', () => task()?.last(empty!) !== undefined);
      expect(task()?.last(full!)).toMatchObject({ position: 5, end: 5 });
      expect(task()?.last(empty!)).toMatchObject({ position: 0, end: 0, records: [] });
      for (const { records, position, end } of task()!.pushes) {
        expect(position).toBeLessThanOrEqual(end);
        const last = records.at(-1);
        if (last) expect(position).toBeGreaterThan(last.offset);
      }
      await membership.leave();
    });

    it('sees itself caught up behind a transaction too', async () => {
      const [a, out] = await topics('a', 'out');
      const session = await log().openSession(group(), 0, [a!]);
      const { membership, tasks } = await record(log(), group(), [out!]);
      await session.commit(numbered(out!, 0, 3), { [a!]: 1 });
      const last = () => tasks.findLast((each) => each.partition === 0)?.last(out!);
      await eventually('caught up', () => (last()?.position ?? 0) >= 3 && last()?.position === last()?.end);
      await membership.leave();
      await session.close();
    });

    it('gets what another client publishes later', async () => {
      const [a] = await topics('a');
      const { membership, tasks } = await record(log(), group(), [a!]);
      await eventually('a first word', () => tasks.some((task) => task.pushes.length > 0));
      const other = await another();
      for (let n = 0; n < 3; n++) {
        await other.publish(numbered(a!, 0, 1, `${n}-`));
        await eventually('the record', () => tasks.some((task) => task.records().length === n + 1));
      }
      expect(tasks.flatMap((task) => valuesOf(task.records()))).toEqual(['0-0', '1-0', '2-0']);
      await membership.leave();
    });

    it('reads independently of another group', async () => {
      const [a] = await topics('a');
      await log().publish(numbered(a!, 0, 4));
      const both = [await record(log(), group(), [a!]), await record(log(), group(), [a!])];
      for (const { tasks } of both)
        await eventually('all records', () => tasks.some((task) => task.records().length === 4));
      await Promise.all(both.map(({ membership }) => membership.leave()));
    });

    it('holds back a topic whose push has not resolved, and no other', async () => {
      const [slow, quick] = await topics('slow', 'quick');
      const room = Promise.withResolvers<void>();
      const { membership, tasks } = await record(
        log(),
        group(),
        [slow!, quick!],
        async ({ topic, records }) => {
          if (topic === slow && records.length > 0) await room.promise;
        },
      );
      const task = (): Recorder | undefined => tasks.findLast((each) => each.partition === 0);
      await log().publish(numbered(slow!, 0, 1));
      await eventually('a held push', () => task()?.records(slow).length === 1);
      for (let n = 1; n <= 5; n++) {
        await log().publish([...numbered(slow!, 0, 1), ...numbered(quick!, 0, 1)]);
        await eventually('the quick topic', () => task()?.records(quick).length === n);
      }
      expect(task()?.records(slow)).toHaveLength(1);
      room.resolve();
      await eventually('the rest', () => task()?.records(slow).length === 6);
      expect(
        task()
          ?.records(slow)
          .map(({ offset }) => offset),
      ).toEqual([0, 1, 2, 3, 4, 5]);
      await membership.leave();
    });

    it('never pushes twice at once for one topic', async () => {
      const [a] = await topics('a');
      const running = new Set<Recorder>();
      let overlaps = 0;
      const { membership, tasks } = await record(log(), group(), [a!], async (_, task) => {
        if (running.has(task)) overlaps++;
        running.add(task);
        await new Promise((resolve) => setImmediate(resolve));
        running.delete(task);
      });
      for (let n = 0; n < 20; n++) await log().publish(numbered(a!, 0, 20));
      await eventually('all records', () => tasks.some((task) => task.records().length === 400));
      expect(overlaps).toBe(0);
      await membership.leave();
    });

    it('stops its tasks when it is left, and hands out nothing more', async () => {
      const [a] = await topics('a');
      const { membership, tasks, failures } = await record(log(), group(), [a!]);
      await eventually('tasks', () => membership.assigned().length === 2);
      await membership.leave();
      expect(tasks.every((task) => task.stopped)).toBe(true);
      expect(membership.assigned()).toEqual([]);
      await log().publish(numbered(a!, 0, 1));
      expect(tasks.reduce((sum, task) => sum + task.pushedAfterStop, 0)).toBe(0);
      expect(failures).toEqual([]);
    });

    it('waits for a task’s work in flight before it is left', async () => {
      const [a] = await topics('a');
      const stopping = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const membership = await log().join({
        group: group(),
        topics: [a!],
        open: () => ({
          push: async () => {},
          stop: async () => {
            stopping.resolve();
            await finish.promise;
          },
        }),
        onFailure: () => {},
      });
      await eventually('tasks', () => membership.assigned().length > 0);
      let left = false;
      const leaving = membership.leave().then(() => (left = true));
      await stopping.promise;
      await log().publish(numbered(a!, 0, 1));
      expect(left).toBe(false);
      finish.resolve();
      await leaving;
    });

    it('fails once when a task refuses a push, with its error', async () => {
      const [a] = await topics('a');
      const { failures, tasks } = await record(log(), group(), [a!], async ({ records }) => {
        if (records.length > 0) throw new Error('the task broke');
      });
      await log().publish([...numbered(a!, 0, 1), ...numbered(a!, 1, 1)]);
      await eventually('the failure', () => failures.length > 0);
      expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining('the task broke')]);
      await eventually('stopped tasks', () => tasks.every((task) => task.stopped));
    });

    it('refuses topics that do not exist or differ in partitions', async () => {
      const [a] = await topics('a');
      const [three, none] = [freshName('three'), freshName('none')];
      await log().createTopics([spec(three, 3)]);
      await expect(record(log(), group(), [a!, three])).rejects.toMatchObject({ code: 'partitions' });
      await expect(record(log(), group(), [a!, none])).rejects.toMatchObject({ code: 'unknownTopic' });
    });
  });
}
