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
    limits: { ...defaultLimits, ...limits },
    observe,
    onFatal,
  };
}
