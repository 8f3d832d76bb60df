export { EmbeddedLog, type PreparedCommit } from './embedded-log.js';
export { openEmbeddedLog } from './open-embedded-log.js';
