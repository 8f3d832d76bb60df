import { EmbeddedDbError } from '#embedded-db';
import { LogError } from '#pipeline';

/** What the database throws, as this port's error. Anything else passes as it is. */
export async function logErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EmbeddedDbError) throw new LogError('storage', error.message, { cause: error });
    throw error;
  }
}
