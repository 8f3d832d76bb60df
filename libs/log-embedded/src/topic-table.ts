import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import { LogError, type TopicInfo, type TopicSpec } from '#pipeline';

export interface Topic extends TopicInfo {
  /** Stands for the name in keys. */
  readonly id: number;
}

const ids = orderedKey('ids');
const nameKey = (name: string): Buffer => orderedKey('topic', name);

/** The topics of a log. One never changes once it exists, so what was read is kept. */
export class TopicTable {
  private readonly table: Table;
  private readonly known = new Map<string, Topic>();

  constructor(private readonly db: EmbeddedDb) {
    this.table = db.table('topics');
  }

  /** @throws LogError `unknownTopic` */
  get(name: string): Topic {
    const topic = this.find(name);
    if (!topic) throw new LogError('unknownTopic', `topic ${name} does not exist`);
    return topic;
  }

  find(name: string): Topic | undefined {
    const known = this.known.get(name);
    if (known) return known;
    const stored = this.table.get(nameKey(name));
    if (!stored) return undefined;
    const topic = JSON.parse(stored.toString()) as Topic;
    this.known.set(name, topic);
    return topic;
  }

  all(): Topic[] {
    const range = { from: orderedKey('topic'), to: orderedKey('topid'), limit: 1e6 };
    return this.table.range(range).map(({ value }) => JSON.parse(value.toString()) as Topic);
  }

  create(specs: readonly TopicSpec[]): Promise<string[]> {
    return this.db.write(() => specs.filter((spec) => this.createOne(spec)).map((spec) => spec.name));
  }

  private createOne({ name, partitions }: TopicSpec): boolean {
    const stored = this.table.get(nameKey(name));
    const existing = stored && (JSON.parse(stored.toString()) as Topic);
    if (existing && existing.partitions !== partitions)
      throw new LogError(
        'partitions',
        `topic ${name} exists with ${existing.partitions} partitions, not ${partitions}`,
      );
    if (existing) return false;
    if (!Number.isInteger(partitions) || partitions < 1)
      throw new LogError('partitions', `topic ${name} cannot have ${partitions} partitions`);
    const id = Number(this.table.get(ids) ?? 0) + 1;
    this.table.put(ids, Buffer.from(String(id)));
    this.table.put(nameKey(name), Buffer.from(JSON.stringify({ id, name, partitions })));
    return true;
  }
}
