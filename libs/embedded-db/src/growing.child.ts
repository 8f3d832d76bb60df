/** Writes values of 1 MB into a folder that others have open, then says so and waits. Arguments: the folder, how many. */
import { openDb } from '#embedded-db';

const [path = '', count = '0'] = process.argv.slice(2);
const db = await openDb({ path });
const table = db.table('things');
for (let n = 0; n < Number(count); n++)
  await db.write(() => table.put(Buffer.from(`child ${n}`), Buffer.alloc(1 << 20, n)));
process.on('message', () => {
  process.send?.(table.get(Buffer.from('parent'))?.length ?? 0);
});
process.on('disconnect', () => process.exit());
process.send?.('written');
