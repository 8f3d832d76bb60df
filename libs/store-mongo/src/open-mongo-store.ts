import { StoreError, type CustomerStore } from '#pipeline';
import type { Connection } from 'mongoose';
import { connect, type MongoStoreOptions } from './connect.js';
import { storeError } from './failures.js';
import { MongoStore } from './mongo-store.js';

/**
 * Connects, checks that the server is a replica set or shards, and makes the indexes.
 * @throws StoreError `unreachable` when no server answers within 5 s, `storage` when it answers and cannot be used.
 */
export async function openMongoStore(options: MongoStoreOptions): Promise<CustomerStore> {
  const place = hostsOf(options.url);
  let connection: Connection | undefined;
  try {
    connection = connect(options);
    await connection.asPromise();
    await requireReplication(connection, place);
    const store = new MongoStore(connection);
    await store.createIndexes();
    return store;
  } catch (error) {
    await connection?.close().catch(() => undefined);
    throw storeError(`at ${place}`, error);
  }
}

/** A lone server has neither majority nor retryable writes. */
async function requireReplication(connection: Connection, place: string): Promise<void> {
  const hello = await connection.getClient().db('admin').command({ hello: 1 });
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return;
  throw new StoreError(
    'storage',
    `MongoDB at ${place} runs alone; it must be a replica set (of one member at least: --replSet, rs.initiate())`,
  );
}

const hostsOf = (url: string) => url.replace(/^[^/]*\/\/(.*@)?/, '').replace(/[/?].*$/, '');
