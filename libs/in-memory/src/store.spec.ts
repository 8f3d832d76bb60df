import { customerStoreContract } from '#testing';
import { MemoryDatabase, MemoryStore } from '#in-memory';

customerStoreContract('the store in memory', async () => {
  const database = new MemoryDatabase();
  return async () => new MemoryStore(database);
});
