import type { Config } from '#config';
import { topicSpecs } from '#contracts';
import type { AtomicCommit, CustomerStore, EventLog } from '#pipeline';

/** The log and the store that the configuration names. */
export interface Backends {
  readonly log: EventLog;
  readonly store: CustomerStore;
  /** Only where log and store share one database. */
  readonly atomic?: AtomicCommit;
  /** For people, without credentials. */
  readonly description: string;
  close(): Promise<void>;
}

/**
 * Opens what the configuration names: nothing set, the embedded folder; `KAFKA_BROKERS`, Kafka with the embedded store;
 * `MONGO_URL` too, Kafka with MongoDB. `engine` takes the embedded folder's engine lock. Only the
 * clients that are used are loaded.
 * @throws LogError, StoreError `unreachable` or `storage`, each naming what could not be opened.
 */
export async function openBackends(
  config: Config,
  options: { engine: boolean; clientId: string },
): Promise<Backends> {
  const { kafka, mongo, dataDir: path } = config;
  if (!kafka) {
    const { openEmbedded } = await import('#store-embedded');
    const embedded = await openEmbedded({ path, engine: options.engine });
    await createTopics(embedded.log, config);
    return { ...embedded, description: `embedded log and store in ${path}` };
  }
  const { openKafkaLog } = await import('#log-kafka');
  const log = await openKafkaLog({ ...kafka, clientId: options.clientId });
  try {
    const store = mongo
      ? await (await import('#store-mongo')).openMongoStore(mongo)
      : await (await import('#store-embedded')).openEmbeddedStore({ path, engine: options.engine });
    const where = mongo ? 'MongoDB' : `the embedded store in ${path}`;
    const close = async () => {
      await Promise.allSettled([log.close(), store.close()]);
    };
    return { log, store, close, description: `Kafka at ${kafka.brokers.join(', ')} with ${where}` };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** The embedded log has its topics from the start; on Kafka an operator creates them, with their retention. */
async function createTopics(log: EventLog, { topicPrefix, partitions }: Config): Promise<void> {
  const specs = topicSpecs(topicPrefix, partitions);
  const existing = await log.topics(specs.map(({ name }) => name));
  if (existing.length === specs.length) return;
  const count = existing[0]?.partitions ?? partitions;
  await log.createTopics(specs.map((spec) => ({ ...spec, partitions: count })));
}
