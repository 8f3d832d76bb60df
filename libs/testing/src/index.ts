export * from './services/index.js';
export { SmtpInbox, type Answers, type Received } from './smtp/smtp-inbox.js';
export * from './contracts/index.js';
