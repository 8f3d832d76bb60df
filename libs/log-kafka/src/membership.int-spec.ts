import type { EventLog, Fetched, Membership, PartitionTask } from '#pipeline';
import { describeWith, freshName, kafka, until } from '#testing';
import { openKafkaLog } from './index.js';

/** A task that notes what it is given. */
class NotingTask implements PartitionTask {
  readonly values: string[] = [];
  readonly seen = new Map<string, Fetched>();
  room: () => Promise<void> = async () => undefined;
  stopped = false;

  constructor(readonly partition: number) {}

  async push(fetched: Fetched): Promise<void> {
    this.seen.set(fetched.topic, fetched);
    this.values.push(...fetched.records.map(({ value }) => String(value)));
    await this.room();
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }

  get caughtUp(): boolean {
    return [...this.seen.values()].every(({ position, end }) => position === end);
  }
}

await describeWith({ kafka }, 'membership in a Kafka group', ({ kafka }) => {
  let log: EventLog;
  let a: string, b: string, group: string;
  const memberships: Membership[] = [];
  const failures: Error[] = [];

  beforeAll(async () => {
    log = await open();
  });
  beforeEach(async () => {
    [a, b, group] = [freshName('a'), freshName('b'), freshName('group')];
    failures.length = 0;
    await log.createTopics([a, b].map((name) => ({ name, partitions: 4, retentionMs: -1 })));
  });
  afterEach(async () => {
    await Promise.all(memberships.splice(0).map((each) => each.leave()));
  });
  afterAll(() => log.close());

  const open = () =>
    openKafkaLog({
      brokers: [kafka.address],
      clientId: 'membership-spec',
      timing: { session: 6_000, heartbeat: 200, patience: 2_000 },
    });
  const join = async (topics = [a, b], prepare: (task: NotingTask) => void = () => undefined) => {
    const tasks: NotingTask[] = [];
    const membership = await log.join({
      group,
      topics,
      open: (partition) => {
        const task = new NotingTask(partition);
        prepare(task);
        tasks.push(task);
        return task;
      },
      onFailure: (error) => failures.push(error),
    });
    memberships.push(membership);
    return { membership, tasks, live: () => tasks.filter(({ stopped }) => !stopped) };
  };
  const publish = (topic: string, partition: number, ...values: string[]) =>
    log.publish(values.map((value) => ({ topic, partition, key: null, value })));

  it('tells a task the end of every topic at once, of the empty ones too', async () => {
    await publish(a, 0, 'x');
    const { tasks } = await join([a, b], (task) => (task.room = () => new Promise(() => undefined)));
    const task = tasks.find(({ partition }) => partition === 0)!;
    expect(task.seen.get(a)).toEqual({ topic: a, records: [], position: 0, end: 1 });
    expect(task.seen.get(b)).toEqual({ topic: b, records: [], position: 0, end: 0 });
  }, 120_000);

  it('keeps on serving others while one task has no room', async () => {
    const { tasks } = await join([a, b], (task) => {
      if (task.partition === 0) task.room = () => new Promise(() => undefined);
    });
    await publish(a, 0, 'stuck');
    for (let n = 0; n < 3; n++) await publish(a, 1, `free ${n}`);
    await until('the free task has all', 30_000, () => tasks[1]!.values.length === 3);
    await publish(b, 1, 'and more');
    await until('it goes on', 30_000, () => tasks[1]!.values.length === 4);
  }, 120_000);

  it('shows no lag where markers of transactions are all that is left', async () => {
    const { tasks } = await join();
    const session = await log.openSession(freshName('writer'), 0, [a]);
    await session.commit([{ topic: a, partition: 0, key: null, value: 'x' }], {});
    await until('the record', 30_000, () => tasks[0]!.values.length === 1);
    await until('no lag', 30_000, () => tasks[0]!.seen.get(a)?.end === 2 && tasks[0]!.caughtUp);
    await session.close();
  }, 120_000);

  it('is settled while its generation works, and not between two of them', async () => {
    let stop = (): void => undefined;
    const stopping = new Promise<void>((resolve) => (stop = resolve));
    const first = await join([a, b], (task) => (task.stop = () => stopping));
    expect(first.membership.settled?.()).toBe(true);
    const second = join();
    await until('the second asks for its share', 30_000, () => first.membership.settled?.() === false);
    expect(first.membership.assigned()).toEqual([]);
    stop();
    await second;
    await until('both are settled', 30_000, () => memberships.every((each) => each.settled?.() === true));
  }, 120_000);

  it('shares partition indexes evenly, the same ones of all topics, and hands over when one leaves', async () => {
    const first = await join();
    expect(first.membership.assigned()).toEqual([0, 1, 2, 3]);
    const second = await join();
    await until('even shares', 30_000, () => first.membership.assigned().length === 2);
    expect([...first.membership.assigned(), ...second.membership.assigned()].sort()).toEqual([0, 1, 2, 3]);
    for (const topic of [a, b])
      for (const partition of [0, 1, 2, 3]) await publish(topic, partition, `${partition}`);
    const own = ({ live, membership }: typeof first) =>
      live()
        .map(({ values }) => values)
        .flat()
        .sort()
        .join() ===
      membership
        .assigned()
        .flatMap((each) => [each, each])
        .join();
    await until('each has its own, of both topics', 30_000, () => own(first) && own(second));
    await second.membership.leave();
    expect(second.live()).toEqual([]);
    await until('all are handed over', 30_000, () => first.membership.assigned().length === 4);
    await until('all tasks', 30_000, () => first.live().length === 4);
    expect(failures).toEqual([]);
  }, 120_000);

  it('begins at the committed offset when joining again', async () => {
    await publish(a, 0, 'x', 'y', 'z');
    const session = await log.openSession(group, 0, [a, b]);
    await session.commit([], { [a]: 2 });
    await session.close();
    const { tasks } = await join();
    await until('the rest', 30_000, () => tasks[0]!.values.length > 0);
    expect(tasks[0]!.values).toEqual(['z']);
  }, 120_000);

  it('refuses topics whose partition counts differ', async () => {
    const odd = freshName('odd');
    await log.createTopics([{ name: odd, partitions: 3, retentionMs: -1 }]);
    await expect(join([a, odd])).rejects.toMatchObject({
      code: 'partitions',
      message: expect.stringContaining(`${a} has 4, ${odd} has 3`) as string,
    });
  }, 120_000);
});
