import type { Cluster } from 'kafkajs';
import type { TransactionBroker } from 'kafkajs/src/broker/index.js';
import { whileMomentary } from './momentary.js';

/** What a coordinator is asked for; the numbers are the protocol's. */
export const coordinates = { group: 0, transaction: 1 } as const;

/** The broker that coordinates a group or a transactional id. It is looked for once, and anew when it says that it is another. */
export class Coordinator {
  #nodeId: string | undefined;

  constructor(
    private readonly cluster: Cluster,
    private readonly of: { readonly groupId: string; readonly coordinatorType: 0 | 1 },
    private readonly mustGoOn: () => void,
  ) {}

  /** @throws what the broker refuses, unless that passes, and what keeps it from answering */
  ask<T>(request: (broker: TransactionBroker) => Promise<T>): Promise<T> {
    return whileMomentary(async () => request(await this.#broker()), {
      types: refusals,
      credible,
      mustGoOn: this.mustGoOn,
      mend: (type) => {
        if (type !== 'CONCURRENT_TRANSACTIONS') this.#nodeId = undefined;
      },
    });
  }

  async #broker(): Promise<TransactionBroker> {
    const { cluster, of } = this;
    const broker = (await (this.#nodeId === undefined
      ? cluster.findGroupCoordinator(of)
      : cluster.findBroker({ nodeId: this.#nodeId }))) as unknown as TransactionBroker;
    this.#nodeId = String(broker.nodeId);
    return broker;
  }
}

/** Right after a commit, and while a coordinator is found or loads; a broker may not have heard of a topic yet. */
const refusals = new Set([
  'CONCURRENT_TRANSACTIONS',
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);
const credible = new Set(['UNKNOWN_TOPIC_OR_PARTITION']);
