import { createLifecycle, type Lifecycle } from '#lifecycle';
import type { CustomerStore } from '#pipeline';
import type { Definition } from '#lifecycle';
import type { DefinitionBook } from '../inspect/definition-book.js';
import type { Row } from './table-spec.js';

/** Every customer of the store but erased ones, facts read at `readAt` (ms) by their own definition, else by `inForce`. */
export async function* customerRows(
  store: CustomerStore,
  definitions: DefinitionBook,
  inForce: Definition,
  readAt: number,
): AsyncGenerator<Row> {
  const lifecycles = new Map<string, Lifecycle>();
  for await (const { state } of store.scan()) {
    if (state.erased !== undefined) continue;
    const { definition } = state;
    const lifecycle =
      lifecycles.get(definition) ?? createLifecycle((await definitions(definition)) ?? inForce);
    lifecycles.set(definition, lifecycle);
    yield { ...lifecycle.factsOf(state, readAt), customer: state.id, readAt, definition };
  }
}
