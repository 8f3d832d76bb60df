export { startMailer, type MailerOptions, type RunningMailer } from './start-mailer.js';
export { mailerGroup, mailerSource, type MailerConfig } from './mailer-config.js';
export type { MailerCounts } from './mailer-stats.js';
