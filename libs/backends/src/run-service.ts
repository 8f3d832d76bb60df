import { loadConfig, type Config } from '#config';
import { createLogger, type Logger } from '#observability';
import { openBackends, type Backends } from './open-backends.js';
import { untilSignalled } from './signals.js';

export interface ServiceContext {
  readonly config: Config;
  readonly backends: Backends;
  readonly logger: Logger;
}

export interface Service {
  /** Resolves with the reason when it cannot go on. */
  readonly failed: Promise<Error>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

/** How long a stop may take before the process ends all the same. */
const DRAIN_MS = 20_000;

/**
 * A process of one service: settings, log and store, the service, until a signal (exit code 0, or 130 where it does not drain in
 * time) or a failure (1, with the reason on stderr). The engine takes the embedded folder's lock.
 */
export async function runService(
  name: 'engine' | 'mailer',
  start: (context: ServiceContext) => Promise<Service>,
): Promise<never> {
  try {
    process.exit(await serve(name, start));
  } catch (error) {
    process.stderr.write(`perennial ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function serve(
  name: 'engine' | 'mailer',
  start: (context: ServiceContext) => Promise<Service>,
): Promise<number> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  // A signal may come while it starts: then it is stopped as soon as it has.
  const signalled = untilSignalled();
  const giveUpAfterDrain = (code: number) =>
    setTimeout(() => {
      logger.fatal(`${name} did not drain within ${DRAIN_MS / 1_000} s: what was under way is left undone`);
      process.exit(code);
    }, DRAIN_MS);
  void signalled.then((signal) => {
    logger.info({ signal }, 'draining');
    giveUpAfterDrain(130);
  });
  const backends = await openBackends(config, { engine: name === 'engine', clientId: `perennial-${name}` });
  try {
    const service = await start({ config, backends, logger });
    const ended = await Promise.race([service.failed, signalled]);
    const failure = ended instanceof Error ? ended : undefined;
    if (failure) {
      logger.fatal({ err: failure }, `${name} ends: ${failure.message}`);
      giveUpAfterDrain(1);
    }
    await service.stop();
    return failure ? 1 : 0;
  } finally {
    await backends.close();
  }
}
