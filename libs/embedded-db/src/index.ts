export { openDb, type EmbeddedDb, type OpenOptions } from './embedded-db.js';
export { EmbeddedDbError, type EmbeddedDbErrorCode } from './embedded-db-error.js';
export { lastNumber, orderedKey } from './ordered-key.js';
export type { Entry, KeyRange, Table } from './table.js';
