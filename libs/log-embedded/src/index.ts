export { EmbeddedLog } from './embedded-log.js';
export { openEmbeddedLog } from './open-embedded-log.js';
export type { CommitRequest, PreparedCommit } from './sessions.js';
