/** A copy of plain data, bytes included. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Buffer.isBuffer(value)) return Buffer.from(value) as T;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copyOf<unknown>(one)])) as T;
}

/**
 * The tables that all clients of one in-memory store share, as a replica set holds them: what the primary has, and what a
 * majority has acknowledged. Reads are of the majority; what it has not acknowledged may still be rolled back.
 */
export class MemoryDatabase {
  #primary = new Map<string, unknown>();
  #majority = new Map<string, unknown>();
  /** Goes up with every new primary. */
  term = 1;

  /** What the primary has; for guards and for changes in one step. */
  current<T>(table: string, key: string): T | undefined {
    return this.#primary.get(`${table}\n${key}`) as T | undefined;
  }

  read<T>(table: string, key: string): T | undefined {
    return this.#majority.get(`${table}\n${key}`) as T | undefined;
  }

  rows<T>(table: string): readonly (readonly [string, T])[] {
    const prefix = `${table}\n`;
    return [...this.#majority]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value as T] as const);
  }

  write(table: string, key: string, value: unknown): void {
    this.#primary.set(`${table}\n${key}`, value);
  }

  delete(table: string, key: string): void {
    this.#primary.delete(`${table}\n${key}`);
  }

  /** A majority has everything up to here; false where the primary of that term was deposed before. */
  acknowledge(term: number): boolean {
    if (term !== this.term) return false;
    this.#majority = new Map(this.#primary);
    return true;
  }

  /** A new primary lacks what no majority had. */
  rollBack(): void {
    this.#primary = new Map(this.#majority);
    this.term++;
  }
}
