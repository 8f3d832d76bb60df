import { orderedKey, type EmbeddedDb, type Table } from '#embedded-db';
import { StoreError, type StoredDefinition } from '#pipeline';

/** Definitions by content hash; each name@version has one. */
export class DefinitionTable {
  private readonly table: Table;

  constructor(private readonly db: EmbeddedDb) {
    this.table = db.table('definitions');
  }

  register(definition: StoredDefinition): Promise<void> {
    const { name, version, hash } = definition;
    return this.db.write(() => {
      const versionKey = orderedKey('version', name, version);
      const known = this.table.get(versionKey)?.toString();
      if (known !== undefined && known !== hash)
        throw new StoreError(
          'definitionConflict',
          `${name}@${version} is registered with other content (${known}, not ${hash}): raise its version`,
        );
      this.table.put(versionKey, Buffer.from(hash));
      this.table.put(orderedKey('hash', hash), Buffer.from(JSON.stringify(definition)));
    });
  }

  get(hash: string): StoredDefinition | undefined {
    const stored = this.table.get(orderedKey('hash', hash));
    return stored && (JSON.parse(stored.toString()) as StoredDefinition);
  }

  named(name: string, version: number): StoredDefinition | undefined {
    const hash = this.table.get(orderedKey('version', name, version));
    return hash && this.get(hash.toString());
  }
}
