/** Holds the engine lock of a folder until it is killed. Argument: the folder. */
import { openDb } from '#embedded-db';

const [path = ''] = process.argv.slice(2);
await openDb({ path, engine: true });
process.send?.('holding');
