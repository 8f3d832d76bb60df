import { customerStoreContract, MemoryDatabase, MemoryStore } from '#testing';

customerStoreContract('the store in memory', async () => {
  const database = new MemoryDatabase();
  return async () => new MemoryStore(database);
});
