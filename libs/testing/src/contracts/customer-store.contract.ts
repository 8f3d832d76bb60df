import type { CustomerStore } from '#pipeline';
import { definitionRules } from './customer-store-definitions.contract.js';
import { documentRules } from './customer-store-documents.contract.js';
import { listRules } from './customer-store-lists.contract.js';
import { mapRules } from './customer-store-maps.contract.js';
import { taskRules } from './customer-store-tasks.contract.js';
import { timerRules } from './customer-store-timers.contract.js';
import type { StoreBench } from './store-bench.js';

/** Makes an empty store; what it returns opens clients of it, each call one more, as another process would. */
export type FreshStore = () => Promise<() => Promise<CustomerStore>>;

/** What every CustomerStore must honour. */
export function customerStoreContract(name: string, fresh: FreshStore): void {
  describe(`${name} is a CustomerStore`, () => {
    let clients: CustomerStore[] = [];
    let open: () => Promise<CustomerStore>;
    const another = async (): Promise<CustomerStore> => {
      const client = await open();
      clients.push(client);
      return client;
    };
    const closeAll = async (): Promise<void> => {
      const closing = clients;
      clients = [];
      await Promise.all(closing.map((client) => client.close()));
    };
    const bench: StoreBench = {
      store: () => clients[0]!,
      another,
      reopen: async () => {
        await closeAll();
        return another();
      },
    };

    beforeEach(async () => {
      open = await fresh();
      await another();
    });
    afterEach(closeAll);

    documentRules(bench);
    listRules(bench);
    timerRules(bench);
    taskRules(bench);
    definitionRules(bench);
    mapRules(bench);
  });
}
