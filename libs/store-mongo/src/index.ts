export type { MongoStoreOptions } from './connect.js';
export { openMongoStore } from './open-mongo-store.js';
