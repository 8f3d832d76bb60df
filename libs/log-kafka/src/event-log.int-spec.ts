import { describeWith, eventLogContract, kafka } from '#testing';
import { openKafkaLog } from './index.js';

await describeWith({ kafka }, 'on a real broker', ({ kafka }) => {
  eventLogContract('the Kafka log', {
    open: () =>
      openKafkaLog({
        brokers: [kafka.address],
        clientId: 'contract',
        timing: { session: 6_000, heartbeat: 200 },
      }),
    patience: 15_000,
  });
});
