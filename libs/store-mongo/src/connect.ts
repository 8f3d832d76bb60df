import { createConnection, mongo, type Connection } from 'mongoose';

export interface MongoStoreOptions {
  /** `mongodb://…` or `mongodb+srv://…`; without a database's name in it, the database is `perennial`. */
  readonly url: string;
  /** Path of a PEM file with the authority's certificates; turns TLS on. */
  readonly tlsCa?: string;
}

const SELECTION_MS = 5_000;
const WRITE_CONCERN_MS = 10_000;

/** A connection that is not yet waited for (`asPromise`). */
export function connect({ url, tlsCa }: MongoStoreOptions): Connection {
  return createConnection(url, {
    retryWrites: true,
    retryReads: true,
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    socketTimeoutMS: 30_000,
    appName: 'perennial',
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    promoteBuffers: true,
    dbName: databaseName(url),
    ...(tlsCa !== undefined && { tls: true, tlsCAFile: tlsCa }),
  });
}

/** The connected database, on the terms that the guarantee rests on; a URL can weaken those of a client, not these. */
export function database(connection: Connection): mongo.Db {
  return connection.getClient().db(connection.name, {
    writeConcern: new mongo.WriteConcern('majority', WRITE_CONCERN_MS, true),
    readConcern: new mongo.ReadConcern('majority'),
    readPreference: mongo.ReadPreference.primary,
  });
}

/** The one that the URL names, else `perennial`; `URL` refuses lists of hosts. */
export function databaseName(url: string): string {
  return /^[^/]*\/\/[^/]*\/([^?]+)/.exec(url)?.[1] ?? 'perennial';
}
