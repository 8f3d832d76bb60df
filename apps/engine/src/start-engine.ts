import { inputTopics, topicName } from '#contracts';
import type { Backends, Lifecycles } from '#backends';
import type { Config } from '#config';
import type { Logger, Metrics } from '#observability';
import {
  defaultLimits,
  Engine,
  requirePartitions,
  systemClock,
  type EngineStatus,
  type TaskLimits,
} from '#pipeline';
import { requireTopics } from './require-topics.js';
import { startStatusServer } from './status-server.js';
import { tell } from './tell.js';
import { tellCaughtUp } from './tell-caught-up.js';
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
  const { config, backends, lifecycles, logger, metrics } = options;
  const topics = inputTopics.map((topic) => topicName(config.topicPrefix, topic));
  const partitions = await requireTopics(backends.log, config);
  await requirePartitions(backends.store, config.groupId, partitions);
  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const deps = {
    log: backends.log,
    store: backends.store,
    atomic: backends.atomic,
    clock: systemClock,
    random: Math.random,
    group: config.groupId,
    partitions,
    topics,
    prefix: config.topicPrefix,
    lifecycle: lifecycles.current,
    lifecycleOf: lifecycles.of,
    limits: { ...defaultLimits, ...options.limits },
    observe: tell(logger, metrics),
    onFatal: fail,
  };
  const engine = new Engine(deps, options.stallMs);
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
      definition: lifecycles.current.definition,
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
