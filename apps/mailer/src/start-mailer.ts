import 'reflect-metadata';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { deadLetterTopic, topicName } from '#contracts';
import { createLogger, type Logger } from '#observability';
import { systemClock, type Clock, type CustomerStore, type EventLog } from '#pipeline';
import { KeepErrorsFilter, LogTransport } from '#transport';
import { Actions } from './actions.js';
import { AddressBook } from './address-book.js';
import { BookIsCurrent } from './book-is-current.js';
import { FileCarrier } from './carriers/file.carrier.js';
import { SmtpCarrier } from './carriers/smtp.carrier.js';
import { HeldActions } from './held-actions.js';
import { HeldActionsLoop } from './held-actions.loop.js';
import { Ledger } from './ledger.js';
import { MailDesk } from './mail-desk.js';
import { mailerGroup, type MailerConfig } from './mailer-config.js';
import { MailerStats, type MailerCounts } from './mailer-stats.js';
import { MailerModule } from './mailer.module.js';
import { profileTopics, subscription } from './subscription.js';

export interface MailerOptions {
  readonly config: MailerConfig;
  readonly log: EventLog;
  readonly store: Pick<CustomerStore, 'records'>;
  readonly logger?: Pick<Logger, 'info' | 'warn'>;
  readonly clock?: Pick<Clock, 'now'>;
}

export interface RunningMailer {
  /** What was done since the start. */
  stats(): Readonly<MailerCounts>;
  /** A folder, or an SMTP server without its password. */
  readonly destination: string;
  /** Why not all is well, in words: no mail server, no store. Empty when it is. It mends itself when the cause is gone. */
  troubles(): readonly string[];
  /** Resolves with the reason when the mailer cannot go on; the process should then end non-zero. */
  readonly failed: Promise<Error>;
  /** Finishes the mails in hand and commits them; the log and the store stay open. */
  stop(): Promise<void>;
}

/**
 * Starts the mailer: topics checked, the Nest microservice joined to its group, then the loop of held actions; stops in
 * the reverse order. A start that fails leaves nothing running.
 * @throws LogError, or Error naming the missing topics.
 */
export async function startMailer(options: MailerOptions): Promise<RunningMailer> {
  const { config, log, store, logger = createLogger('silent'), clock = systemClock } = options;
  const group = mailerGroup(config);
  const subscribed = subscription(config, clock, logger);
  await requireTopics(log, [
    ...subscribed.topics,
    ...subscribed.topics.map(deadLetterTopic),
    topicName(config.topicPrefix, 'engagement.events.v1'),
  ]);

  const { promise: failed, resolve: fail } = Promise.withResolvers<Error>();
  const transport = new LogTransport({ log, group, ...subscribed, onFailure: fail });

  const carrier = config.smtpUrl
    ? new SmtpCarrier(config.smtpUrl)
    : new FileCarrier(join(config.dataDir, 'mails'));
  const book = new AddressBook(store.records('mailer.addresses'), store.records('mailer.erased'));
  const held = new HeldActions(store.records('mailer.held'));
  const bookIsCurrent = new BookIsCurrent(
    log,
    profileTopics.map((topic) => topicName(config.topicPrefix, topic)),
    (topic, partition) => transport.position(topic, partition),
  );
  const ledger = new Ledger(store.records('mailer.sent'));
  const desk = new MailDesk(ledger, book, bookIsCurrent, carrier, config, clock);
  const stats = new MailerStats();
  const actions = new Actions(desk, held, log, subscribed, stats, config, clock);

  const app = await NestFactory.createMicroservice(MailerModule.of(actions, book, held), {
    strategy: transport,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new KeepErrorsFilter());
  transport.on('unhealthy', ({ what, attempts, error }) =>
    logger.warn({ err: error, attempts }, `${what} cannot be handled, trying on`),
  );
  let unhealthy = false;
  transport.status.subscribe((status) => {
    if (unhealthy && status === 'consuming') logger.info({}, 'all is well again');
    unhealthy = status === 'unhealthy';
  });
  const loop = new HeldActionsLoop(
    held,
    actions,
    () => transport.assigned(),
    clock,
    (trouble) => {
      if (trouble) logger.warn({ err: trouble }, 'held actions cannot be taken up, trying on');
      else logger.info({}, 'held actions are taken up again');
    },
  );

  const stop = async () => {
    await loop.stop();
    await app.close();
    carrier.close();
  };
  try {
    await app.listen();
  } catch (error) {
    await stop();
    throw error;
  }
  loop.start();
  logger.info({ group, destination: carrier.destination }, 'mailer started');
  return {
    stats: () => ({ ...stats.counts }),
    destination: carrier.destination,
    troubles: () => [...transport.troubles, ...(loop.trouble ? [loop.trouble.message] : [])],
    failed,
    stop,
  };
}

async function requireTopics(log: EventLog, names: readonly string[]): Promise<void> {
  const found = new Set((await log.topics(names)).map(({ name }) => name));
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new Error(
      `topics are missing: ${missing.join(', ')}. Start the engine first, or create them with \`perennial topics create\`.`,
    );
}
