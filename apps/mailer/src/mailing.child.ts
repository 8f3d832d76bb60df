import { openEmbedded } from '#store-embedded';
import { startMailer } from './index.js';

/** A mailer in a process of its own, to be killed: FOLDER SMTP_URL. */
const [dataDir = '', smtpUrl] = process.argv.slice(2);
const { log, store } = await openEmbedded({ path: dataDir });
await startMailer({
  log,
  store,
  config: {
    topicPrefix: '',
    groupId: 'perennial',
    smtpUrl,
    dataDir,
    mailFrom: 'hello@shop.invalid',
    unsubscribeUrl: 'https://shop.invalid/unsubscribe',
  },
});
process.send?.('started');
