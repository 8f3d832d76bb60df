/** Publishes a record with each value that it is sent. Arguments: the folder, the topic. */
import { openEmbeddedLog } from '#log-embedded';

const [path = '', topic = ''] = process.argv.slice(2);
const log = await openEmbeddedLog({ path });
process.on('message', (value: string) => {
  void log.publish([{ topic, partition: 0, key: 'k', value }]).then(() => process.send?.('published'));
});
process.send?.('open');
