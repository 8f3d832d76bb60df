import { startEngine, type RunningEngine } from '#apps/engine';
import { run } from '#apps/cli';
import { openBackends, openLifecycles, type Backends } from '#backends';
import { loadConfig } from '#config';
import { createLogger, createMetrics } from '#observability';
import type { TaskLimits } from '#pipeline';
import { until } from '#testing';
import { recordingTerminal } from './recording-terminal.js';

export interface Running {
  readonly engine: RunningEngine;
  readonly backends: Backends;
  stop(): Promise<void>;
}

/** A data folder with the command line and engines as a person starts them, all in this process. */
export class Installation {
  constructor(
    readonly folder: string,
    private readonly settings: Readonly<Record<string, string>> = {},
  ) {}

  async perennial(...args: readonly string[]) {
    const terminal = recordingTerminal(this.#env(), '');
    const code = await run(args, terminal, '');
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  async start(
    settings: Readonly<Record<string, string>> = {},
    limits: Partial<TaskLimits> = {},
  ): Promise<Running> {
    const config = loadConfig({ ...this.#env(), ...settings });
    const backends = await openBackends(config, { engine: true, clientId: 'spec' });
    const lifecycles = await openLifecycles(config, backends.store);
    const engine = await startEngine({
      config,
      backends,
      lifecycles,
      logger: createLogger('silent'),
      metrics: createMetrics(),
      limits: { backfillGraceMs: 300, ...limits },
    });
    const stop = async () => {
      await engine.stop();
      await backends.close();
    };
    return { engine, backends, stop };
  }

  #env() {
    return { PERENNIAL_DATA: this.folder, PARTITIONS: '2', PORT: '0', LOG_LEVEL: 'silent', ...this.settings };
  }
}

/** Nothing left to fold or to tell, no timer due. */
export const atRest = ({ engine }: Running) =>
  until('the engine is at rest', 60_000, () => {
    const { tasks } = engine.status();
    return tasks.length > 0 && tasks.every((task) => task.quiet);
  });
