import type { Backends, Lifecycles } from '#backends';
import type { Config } from '#config';
import { inputTopics, topicName } from '#contracts';
import { defaultLimits, systemClock, type EngineDeps, type TaskLimits } from '#pipeline';

/** What an engine is made from, in whichever thread it runs. */
export interface EngineParts extends Pick<EngineDeps, 'observe' | 'onFatal'> {
  readonly config: Config;
  readonly backends: Backends;
  readonly lifecycles: Lifecycles;
  readonly partitions: number;
  readonly limits?: Partial<TaskLimits> | undefined;
}

/** A transaction costs a Kafka broker some ms however small it is; at a few a second for each partition it has time for others. */
const commitIntervalMs = 200;

export function engineDeps(parts: EngineParts): EngineDeps {
  const { config, backends, lifecycles, partitions, limits, observe, onFatal } = parts;
  return {
    log: backends.log,
    store: backends.store,
    atomic: backends.atomic,
    clock: systemClock,
    random: Math.random,
    group: config.groupId,
    partitions,
    topics: inputTopics.map((topic) => topicName(config.topicPrefix, topic)),
    prefix: config.topicPrefix,
    lifecycle: lifecycles.current,
    lifecycleOf: lifecycles.of,
    limits: { ...defaultLimits, ...(config.kafka && { commitIntervalMs }), ...limits },
    observe,
    onFatal,
  };
}
