export * from './child/index.js';
export * from './browser/index.js';
export { temporaryFolder } from './folder/temporary-folder.js';
export * from './services/index.js';
export { SmtpInbox, type Answers, type Received } from './smtp/smtp-inbox.js';
export * from './contracts/index.js';
export { eventRecord, requestedAction } from './events/records.js';
