import type { CustomerDocument, CustomerStore } from './customer-store.port.js';

/** Least-recently-used documents of one task's customers. It takes acknowledged documents only; a new task starts empty. */
export class CustomerCache {
  #documents = new Map<string, CustomerDocument>();

  constructor(private readonly capacity: number) {}

  /**
   * The documents of these customers; those that it does not hold come from the store, in one query, with the outputs of
   * `batch`.
   */
  async load(
    ids: readonly string[],
    store: Pick<CustomerStore, 'load'>,
    batch: number,
  ): Promise<Map<string, CustomerDocument>> {
    const documents = new Map<string, CustomerDocument>();
    const missing: string[] = [];
    for (const id of ids) {
      const cached = this.#get(id);
      if (cached) documents.set(id, cached);
      else missing.push(id);
    }
    if (missing.length > 0)
      for (const [id, document] of await store.load(missing, batch)) documents.set(id, document);
    return documents;
  }

  put(document: CustomerDocument): void {
    this.#documents.delete(document.id);
    this.#documents.set(document.id, document);
    if (this.#documents.size > this.capacity) {
      const oldest = this.#documents.keys().next();
      if (!oldest.done) this.#documents.delete(oldest.value);
    }
  }

  #get(id: string): CustomerDocument | undefined {
    const found = this.#documents.get(id);
    if (found) {
      this.#documents.delete(id);
      this.#documents.set(id, found);
    }
    return found;
  }
}
