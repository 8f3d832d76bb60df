import type { Fetched, JoinOptions, Membership, PartitionTask } from '#pipeline';
import type { MemoryCluster } from './cluster.js';
import type { Member, MemoryGroups } from './groups.js';
import type { Pace } from './pace.js';

interface Owned {
  readonly partition: number;
  readonly task: PartitionTask;
  ended: boolean;
}

const chunk = 200;

/** One member: hands each assigned partition's records to its task, and stops the tasks with every new generation. */
export class MemoryMembership implements Membership, Member {
  #owned: Owned[] = [];
  #turn: Promise<void> = Promise.resolve();
  left = false;
  #failed = false;

  constructor(
    private readonly cluster: MemoryCluster,
    private readonly groups: MemoryGroups,
    private readonly options: JoinOptions,
    private readonly pace: Pace,
    readonly partitions: number,
  ) {}

  assigned(): readonly number[] {
    return this.#owned.filter(({ ended }) => !ended).map(({ partition }) => partition);
  }

  assign(partitions: readonly number[]): void {
    this.#turn = this.#turn.then(async () => {
      await this.#release();
      if (!this.left && !this.#failed) this.#owned = partitions.map((partition) => this.#own(partition));
    });
  }

  async leave(): Promise<void> {
    if (this.left) return;
    this.left = true;
    this.groups.remove(this.options.group, this);
    this.#turn = this.#turn.then(() => this.#release());
    await this.#turn;
  }

  async #release(): Promise<void> {
    const ending = this.#owned;
    this.#owned = [];
    for (const owned of ending) owned.ended = true;
    await Promise.all(ending.map(({ task }) => task.stop()));
  }

  #own(partition: number): Owned {
    const owned: Owned = { partition, task: this.options.open(partition), ended: false };
    for (const topic of this.options.topics)
      this.#fetch(owned, topic).catch((error: unknown) => this.#fail(error));
    return owned;
  }

  async #fetch(owned: Owned, topic: string): Promise<void> {
    const { partition, task } = owned;
    let position = this.cluster.committed(this.options.group, topic, partition) ?? 0;
    for (let first = true; !owned.ended; first = false) {
      const arrival = this.cluster.arrival(topic, partition);
      position = await this.pace.fetchFrom(position);
      if (owned.ended) return;
      const held = this.cluster.partition(topic, partition);
      const records = held.slice(position, position + chunk);
      position += records.length;
      const fetched: Fetched = { topic, records, position, end: held.length };
      if (first || records.length > 0) await task.push(fetched);
      if (position >= this.cluster.partition(topic, partition).length) await arrival;
    }
  }

  #fail(error: unknown): void {
    if (this.#failed || this.left) return;
    this.#failed = true;
    void this.#release();
    this.options.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}
