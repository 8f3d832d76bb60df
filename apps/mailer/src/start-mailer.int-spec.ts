import { topicSpecs, type DataOf } from '#contracts';
import { openKafkaLog } from '#log-kafka';
import type { CustomerStore, EventLog } from '#pipeline';
import { openMongoStore } from '#store-mongo';
import {
  describeWith,
  eventRecord,
  freshDatabase,
  freshName,
  kafka,
  mongo,
  requestedAction,
  SmtpInbox,
  until,
} from '#testing';
import { startMailer } from './index.js';

const partitions = 2;
const customers = ['ann', 'bob', 'cem', 'dee'];

await describeWith({ kafka, mongo }, 'a mailer on Kafka and MongoDB', ({ kafka, mongo }) => {
  const inbox = new SmtpInbox();
  const topicPrefix = `${freshName('mailer')}.`;
  const topic = (name: string) => `${topicPrefix}${name}`;
  let log: EventLog;
  let store: CustomerStore;
  beforeAll(async () => {
    log = await openKafkaLog({ brokers: [kafka.address], clientId: 'mailer-spec' });
    store = await openMongoStore({ url: freshDatabase(mongo.address) });
    await log.createTopics(topicSpecs(topicPrefix, partitions));
    await inbox.open();
  }, 60_000);
  afterAll(async () => {
    await inbox.close();
    await log.close();
    await store.close();
  });

  const start = () =>
    startMailer({
      log,
      store,
      config: {
        topicPrefix,
        groupId: 'perennial',
        smtpUrl: inbox.url,
        dataDir: '',
        mailFrom: 'hello@shop.invalid',
        unsubscribeUrl: 'https://shop.invalid/unsubscribe',
      },
    });
  const profiles = (data: (customer: string) => DataOf<'profile.updated.v1'>) =>
    customers.map((customer) =>
      eventRecord(topic('profile.events.v1'), 'profile.updated.v1', customer, data(customer), {
        at: Date.now(),
      }),
    );
  const actions = (round: string) =>
    customers.map((customer) => {
      const data = requestedAction(`${customer}-${round}`, Date.now());
      return eventRecord(topic('retention.actions.v1'), 'action.requested.v1', customer, data, {
        at: Date.now(),
      });
    });
  async function delivered(): Promise<string[]> {
    const ids: string[] = [];
    const name = topic('engagement.events.v1');
    for (const [partition, { start, end }] of (await log.range(name)).entries())
      for await (const records of log.read(name, partition, start, end))
        ids.push(...records.map(({ value }) => (JSON.parse(String(value)) as { id: string }).id));
    return ids.sort();
  }
  const ids = (...rounds: string[]) =>
    rounds
      .flatMap((round) => customers.map((customer) => `${customer}-${round}:message.delivered.v1`))
      .sort();

  it('mails each action once while mailers come and go, to the address that stood when it was published', async () => {
    const first = await start();
    await log.publish(profiles((customer) => ({ email: `${customer}@old.invalid` })));
    await log.publish(actions('r1'));
    await until('round one', 30_000, async () => (await delivered()).length === 4);
    const second = await start();
    await log.publish([...actions('r1'), ...profiles((customer) => ({ email: `${customer}@new.invalid` }))]);
    await log.publish(actions('r2'));
    await first.stop();
    await until('round two', 30_000, async () => (await delivered()).length >= 12);
    await second.stop();

    expect(await delivered()).toEqual([...ids('r1', 'r1', 'r2')].sort());
    expect(inbox.received.map(({ to }) => to.join()).sort()).toEqual(
      customers.flatMap((customer) => [`${customer}@new.invalid`, `${customer}@old.invalid`]).sort(),
    );
  }, 90_000);

  it('takes a profile update that was written in a transaction', async () => {
    const name = topic('profile.events.v1');
    const writer = await log.openSession(freshName('writer'), 0, [name]);
    await writer.commit(
      profiles((customer) => ({ email: `${customer}@transaction.invalid` })),
      {},
    );
    await writer.close();
    inbox.received.length = 0;
    await log.publish(actions('r3'));
    const mailer = await start();
    await until('round three', 30_000, () => inbox.received.length === 4);
    await mailer.stop();
    expect(inbox.received.map(({ to }) => to.join()).sort()).toEqual(
      customers.map((customer) => `${customer}@transaction.invalid`),
    );
  }, 60_000);
});
