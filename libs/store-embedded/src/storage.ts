import { EmbeddedDbError } from '#embedded-db';
import { StoreError } from '#pipeline';

/** What the database throws, as this port's error. Anything else passes as it is. */
export async function storeErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EmbeddedDbError) throw new StoreError('storage', error.message, { cause: error });
    throw error;
  }
}
