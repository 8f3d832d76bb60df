/** One member of a group, as its coordinator sees it: it is told its share anew with every generation. */
export interface Member {
  assign(partitions: readonly number[]): void;
}

interface Group {
  readonly partitions: number;
  readonly members: Member[];
}

/** Shares out the partition indexes of each group among its members. */
export class MemoryGroups {
  readonly #groups = new Map<string, Group>();

  join(group: string, partitions: number, member: Member): void {
    const known = this.#groups.get(group) ?? { partitions, members: [] };
    if (known.members.includes(member)) return;
    known.members.push(member);
    this.#groups.set(group, known);
    this.#rebalance(known);
  }

  /** A member leaves, or was not heard of for too long. */
  remove(group: string, member: Member): void {
    const known = this.#groups.get(group);
    const at = known?.members.indexOf(member) ?? -1;
    if (!known || at < 0) return;
    known.members.splice(at, 1);
    this.#rebalance(known);
  }

  #rebalance({ partitions, members }: Group): void {
    members.forEach((member, n) =>
      member.assign(Array.from({ length: partitions }, (_, p) => p).filter((p) => p % members.length === n)),
    );
  }
}
