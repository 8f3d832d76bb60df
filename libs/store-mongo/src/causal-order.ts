import type { mongo } from 'mongoose';

/**
 * Lets every read see all that this store was told was written, and all that was written before it claimed a task: each
 * operation starts where the latest one ended on the cluster's clock. A primary that was deposed and does not know it
 * can otherwise answer a majority read with old documents, and a fold on those would pass the guard.
 */
export class CausalOrder {
  #operation: mongo.Timestamp | undefined;
  #cluster: mongo.ClusterTime | undefined;

  constructor(private readonly client: mongo.MongoClient) {}

  async run<T>(work: (session: mongo.ClientSession) => Promise<T>): Promise<T> {
    const session = this.begin();
    try {
      return await work(session);
    } finally {
      await this.end(session);
    }
  }

  begin(): mongo.ClientSession {
    const session = this.client.startSession({ causalConsistency: true });
    if (this.#cluster) session.advanceClusterTime(this.#cluster);
    if (this.#operation) session.advanceOperationTime(this.#operation);
    return session;
  }

  async end(session: mongo.ClientSession): Promise<void> {
    const { operationTime, clusterTime } = session;
    if (operationTime && !(this.#operation && operationTime.lessThan(this.#operation)))
      this.#operation = operationTime;
    if (clusterTime && !(this.#cluster && clusterTime.clusterTime.lessThan(this.#cluster.clusterTime)))
      this.#cluster = clusterTime;
    await session.endSession();
  }
}
