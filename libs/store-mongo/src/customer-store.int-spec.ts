import { customerStoreContract, describeWith, freshDatabase, mongo } from '#testing';
import { createConnection } from 'mongoose';
import { openMongoStore } from './index.js';

await describeWith({ mongo }, 'on a MongoDB server', ({ mongo }) => {
  const urls: string[] = [];
  afterAll(async () => {
    for (const url of urls) {
      const connection = await createConnection(url).asPromise();
      await connection.dropDatabase();
      await connection.close();
    }
  });

  customerStoreContract('the MongoDB store', async () => {
    const url = freshDatabase(mongo.address);
    urls.push(url);
    return () => openMongoStore({ url });
  });
});
