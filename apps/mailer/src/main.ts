import { runService } from '#backends';
import { startMailer } from './start-mailer.js';

await runService('mailer', ({ config, backends, logger }) => startMailer({ config, ...backends, logger }));
