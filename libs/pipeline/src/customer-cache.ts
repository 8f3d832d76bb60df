import type { CustomerDocument } from './customer-store.port.js';

/** Least-recently-used documents of one task's customers. It takes acknowledged documents only; a new task starts empty. */
export class CustomerCache {
  #documents = new Map<string, CustomerDocument>();

  constructor(private readonly capacity: number) {}

  get(id: string): CustomerDocument | undefined {
    const found = this.#documents.get(id);
    if (found) {
      this.#documents.delete(id);
      this.#documents.set(id, found);
    }
    return found;
  }

  put(document: CustomerDocument): void {
    this.#documents.delete(document.id);
    this.#documents.set(document.id, document);
    if (this.#documents.size > this.capacity) {
      const oldest = this.#documents.keys().next();
      if (!oldest.done) this.#documents.delete(oldest.value);
    }
  }
}
