import type { Member } from './member.js';

/**
 * The members that this process has in one group. Whenever they change, a new generation begins: all tasks stop, and
 * only when none has work in flight, the partition indexes are dealt out anew and new tasks are opened.
 */
export class Group {
  private members: readonly Member[] = [];
  private change: Promise<void> = Promise.resolve();

  join(member: Member): Promise<void> {
    return this.rebalance(() => [...this.members, member]);
  }

  leave(member: Member): Promise<void> {
    return this.rebalance(() => this.members.filter((other) => other !== member));
  }

  private rebalance(next: () => readonly Member[]): Promise<void> {
    const generation = this.change.then(async () => {
      const before = this.members;
      this.members = next();
      if (before.length === this.members.length) return;
      await Promise.all(before.map((member) => member.stopTasks()));
      this.members.forEach((member, at) => member.openTasks((p) => p % this.members.length === at));
    });
    this.change = generation.catch(() => {});
    return generation;
  }
}
