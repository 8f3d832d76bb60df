import { openBackends, openLifecycles, untilSignalled } from '#backends';
import { loadConfig } from '#config';
import { createLogger, createMetrics } from '#observability';
import { startEngine } from './start-engine.js';

/** How long a stop may take before the process ends all the same. */
const DRAIN_MS = 20_000;

async function main(): Promise<number> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const backends = await openBackends(config, { engine: true, clientId: 'perennial-engine' });
  try {
    const lifecycles = await openLifecycles(config, backends.store);
    const engine = await startEngine({ config, backends, lifecycles, logger, metrics: createMetrics() });
    const ended = await Promise.race([engine.failed, untilSignalled()]);
    const failure = ended instanceof Error ? ended : undefined;
    if (failure) logger.fatal({ err: failure }, `engine ends: ${failure.message}`);
    else logger.info({ signal: ended }, 'draining');
    setTimeout(() => process.exit(failure ? 1 : 130), DRAIN_MS).unref();
    await engine.stop();
    return failure ? 1 : 0;
  } finally {
    await backends.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`perennial engine: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
