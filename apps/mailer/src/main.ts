import { openBackends, untilSignalled } from '#backends';
import { loadConfig } from '#config';
import { createLogger } from '#observability';
import { startMailer } from './start-mailer.js';

/** How long a stop may take before the process ends all the same. */
const DRAIN_MS = 20_000;

async function main(): Promise<number> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel);
  const backends = await openBackends(config, { engine: false, clientId: 'perennial-mailer' });
  try {
    const mailer = await startMailer({ config, ...backends, logger });
    const ended = await Promise.race([mailer.failed, untilSignalled()]);
    const failure = ended instanceof Error ? ended : undefined;
    if (failure) logger.fatal({ err: failure }, `mailer ends: ${failure.message}`);
    else logger.info({ signal: ended }, 'draining');
    setTimeout(() => process.exit(failure ? 1 : 130), DRAIN_MS).unref();
    await mailer.stop();
    return failure ? 1 : 0;
  } finally {
    await backends.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`perennial mailer: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
