import type { World } from './world.js';

/** Where everything stands, in words. */
export function stateOf({ schedule, processes }: World): string {
  const tasks = processes.living.map(({ host, engine }) => {
    const each = engine
      .status()
      .tasks.map(({ partition, state, lag, quiet, reason = '' }) =>
        [partition, state, `lag ${lag}`, quiet ? 'quiet' : 'busy', reason].join(' ').trim(),
      );
    return `${host.name} ${host.standing}: ${each.join('; ') || 'no task'}`;
  });
  return [new Date(schedule.now).toISOString(), ...tasks].join(' | ');
}
