import type { Backends, Lifecycles } from '#backends';
import type { Config } from '#config';
import type { Logger, Metrics } from '#observability';
import { Engine, requirePartitions, type EngineStatus, type TaskLimits } from '#pipeline';
import { engineDeps } from './engine-deps.js';
import { requireTopics } from './require-topics.js';
import { startStatusServer } from './status-server.js';
import { tell } from './tell.js';
import { tellCaughtUp } from './tell-caught-up.js';
import { EngineThreads } from './threads/engine-threads.js';
import { TopicWatch } from './watch-topics.js';

export interface EngineOptions {
  readonly config: Config;
  readonly backends: Backends;
  readonly lifecycles: Lifecycles;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits?: Partial<TaskLimits>;
  /** A partition that ought to move and has not for so long, ms, ends the engine; 120 s where it is not said. */
  readonly stallMs?: number;
  /** Threads that share the work, on Kafka, at most one for a partition; 1, which is this very thread, where it is not said. */
  readonly threads?: number;
}

export interface RunningEngine {
  status(): EngineStatus;
  /** Where health and metrics are served. */
  readonly url: string;
  /** Resolves with the reason when the engine cannot go on; the process should then end non-zero. */
  readonly failed: Promise<Error>;
  /** All of a backfill is in the log; see `Engine.settle`. */
  settle(): void;
  /** Finishes the batches in flight, leaves the group, closes the status server. */
  stop(): Promise<void>;
}

/**
 * Starts one engine: topics checked, then the status server, then the group joined; stops in the reverse order. A start
 * that fails leaves nothing running.
 * @throws LogError, or Error naming the port or the topics at fault.
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { config, backends, lifecycles, logger, metrics, limits, stallMs } = options;
  const partitions = await requireTopics(backends.log, config);
  await requirePartitions(backends.store, config.groupId, partitions);
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const told = { observe: tell(logger, metrics), onFatal: fail };
  const threads = Math.min(options.threads ?? 1, partitions);
  const { definition } = lifecycles.current;
  const engine =
    threads > 1
      ? new EngineThreads({
          threads,
          settings: { config, partitions, limits, stallMs },
          definition: `${definition.name}@${definition.version}`,
          ...told,
        })
      : new Engine(engineDeps({ config, backends, lifecycles, partitions, limits, ...told }), stallMs);
  const topicWatch = new TopicWatch(backends.log, config);
  const status = () => topicWatch.judged(engine.status());
  const server = await startStatusServer(config, { status }, metrics);
  try {
    await engine.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  logger.info(
    {
      url: server.url,
      backends: backends.description,
      partitions,
      threads,
      definition,
    },
    'engine started',
  );
  const { notice } = lifecycles;
  if (notice) logger[notice.level](notice.text);
  topicWatch.start();
  const endWatch = tellCaughtUp(engine, metrics, logger);
  return {
    status,
    url: server.url,
    failed,
    settle: () => engine.settle(),
    stop: async () => {
      endWatch();
      topicWatch.end();
      await engine.stop();
      await server.close();
    },
  };
}
