/** Holds the engine lock of a folder until it is killed. Argument: the folder. */
import { openDb } from '#embedded-db';

const [path = ''] = process.argv.slice(2);
await openDb({ path, engine: true });
// Listening keeps the process alive, and ends it with its parent.
process.on('disconnect', () => process.exit());
process.send?.('holding');
