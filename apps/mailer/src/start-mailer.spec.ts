import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { inboxTopic, type DataOf } from '#contracts';
import type { EventLog, LogRecord, OutboundRecord } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import { eventRecord, requestedAction, SmtpInbox, temporaryFolder, until as untilTrue } from '#testing';
import { startMailer, type MailerOptions, type RunningMailer } from './index.js';

const until = (what: string, condition: () => boolean | Promise<boolean>) =>
  untilTrue(what, 10_000, condition);
const hour = 3_600_000;
const topics = [
  'retention.actions.v1',
  'profile.events.v1',
  inboxTopic,
  'engagement.events.v1',
  'retention.actions.v1.dlq',
  'profile.events.v1.dlq',
  `${inboxTopic}.dlq`,
];

const inbox = new SmtpInbox();
const begin = Date.UTC(2026, 2, 9, 8);
const clock = { time: begin, now: (): number => clock.time };
let folder: string;
let embedded: Embedded;
let log: EventLog;
let running: RunningMailer[];
beforeEach(async () => {
  folder = temporaryFolder('mailer');
  embedded = await openEmbedded({ path: folder });
  ({ log } = embedded);
  await log.createTopics(topics.map((name) => ({ name, partitions: 2, retentionMs: -1 })));
  clock.time = begin;
  running = [];
  inbox.received.length = 0;
  inbox.answers = {};
  await inbox.open();
});
afterEach(async () => {
  await Promise.all(running.map((mailer) => mailer.stop()));
  await embedded.close();
  await inbox.close();
});

const config = () => ({
  topicPrefix: '',
  groupId: 'perennial',
  smtpUrl: inbox.url as string | undefined,
  dataDir: folder,
  mailFrom: 'The shop <hello@shop.invalid>',
  unsubscribeUrl: 'https://shop.invalid/unsubscribe',
});

async function start(changes: Partial<MailerOptions> = {}): Promise<RunningMailer> {
  const mailer = await startMailer({ config: config(), log, store: embedded.store, clock, ...changes });
  running.push(mailer);
  return mailer;
}

const profile = (customer: string, data: DataOf<'profile.updated.v1'>) =>
  eventRecord('profile.events.v1', 'profile.updated.v1', customer, data, { at: clock.time });
const ann = profile('ann', { email: 'ann@mail.invalid', preferredName: 'Ann' });
const action = (
  actionId: string,
  changes: Partial<DataOf<'action.requested.v1'>> = {},
  customer = 'ann',
): OutboundRecord => {
  const data = requestedAction(actionId, clock.time, changes);
  return eventRecord('retention.actions.v1', 'action.requested.v1', customer, data, { at: clock.time });
};

async function contents(topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (const partition of [0, 1])
    for await (const chunk of log.read(topic, partition, 0, Infinity)) records.push(...chunk);
  return records;
}
/** What the mailer answered: type, action and reason of each event. */
async function answers(): Promise<string[]> {
  const records = await contents('engagement.events.v1');
  return records.map(({ value }) => {
    const { type, data } = JSON.parse(String(value)) as {
      type: string;
      data: { actionId: string; reason?: string };
    };
    return [type.replace('message.', '').replace('.v1', ''), data.actionId, data.reason]
      .filter((part) => part !== undefined)
      .join(' ');
  });
}
const answered = (answer: string) => until(answer, async () => (await answers()).includes(answer));
const mailedTo = () => inbox.received.map(({ to, email }) => `${to.join()} ${email.messageId}`);
const letters = async () =>
  (await contents('retention.actions.v1.dlq')).map(({ headers }) => String(headers['x-dlq-error-class']));

describe('an action for a customer by email', () => {
  it('is mailed to the address that the profile gives, and answered as delivered', async () => {
    await log.publish([ann, action('a1')]);
    const mailer = await start();
    await answered('delivered a1');
    expect(mailedTo()).toEqual(['ann@mail.invalid <a1@shop.invalid>']);
    expect(inbox.received[0]?.email.text).toMatch(/^Hello Ann,/);
    expect(mailer.stats()).toMatchObject({ sent: 1, sentBefore: 0, refused: 0 });
  });

  it('is mailed whatever its kind', async () => {
    const what = {
      message: 'loyalty.milestone',
      offer: 'win-back.offer',
      perk: 'recovery.goodwill',
      gift: 'dates.birthday.gift',
      survey: 'surveys.nps',
    } as const;
    const kinds = Object.keys(what) as (keyof typeof what)[];
    await log.publish([ann, ...kinds.map((kind) => action(kind, { kind, template: what[kind] }))]);
    await start();
    for (const kind of kinds) await answered(`delivered ${kind}`);
    expect(mailedTo()).toHaveLength(kinds.length);
  });

  it('is mailed once however often it is published, over a restart too', async () => {
    await log.publish([ann, action('a1'), action('a1')]);
    await start();
    await answered('delivered a1');
    await running.pop()?.stop();
    await log.publish([action('a1'), action('a2')]);
    await start();
    await answered('delivered a2');
    expect(mailedTo()).toEqual(['ann@mail.invalid <a1@shop.invalid>', 'ann@mail.invalid <a2@shop.invalid>']);
  });

  it('waits for the profile updates that were published before it', async () => {
    const others = Array.from({ length: 500 }, (_, i) => profile(`c${i}`, { email: `c${i}@mail.invalid` }));
    await log.publish([...others, ann, action('a1')]);
    await start();
    await answered('delivered a1');
    expect(mailedTo()).toHaveLength(1);
  });

  it('takes the latest address by event time, and none that was taken back', async () => {
    const newer = profile('ann', { email: 'new@mail.invalid' });
    clock.time -= hour;
    const older = profile('ann', { email: 'old@mail.invalid', preferredName: 'Annie' });
    clock.time += hour;
    await log.publish([newer, older, action('a1')]);
    await start();
    await answered('delivered a1');
    expect(inbox.received[0]?.to).toEqual(['new@mail.invalid']);
    expect(inbox.received[0]?.email.to?.[0]?.name).toBe('Annie');
    clock.time += hour;
    await log.publish([profile('ann', { email: null })]);
    await log.publish([action('a2')]);
    await answered('failed a2 no-address');
  });
});

describe('an action that is not mailed', () => {
  it('by another channel or to staff is left to other subscribers', async () => {
    await log.publish([
      ann,
      action('sms', { channel: 'sms' }),
      action('task', { audience: 'sales', kind: 'task', purpose: 'internal' }),
      action('a1'),
    ]);
    await start();
    await answered('delivered a1');
    expect(mailedTo()).toHaveLength(1);
    expect(await answers()).toEqual(['delivered a1']);
  });

  it('is answered as failed when it has expired', async () => {
    const past = new Date(clock.time - 1).toISOString();
    await log.publish([ann, action('late', { notBefore: past, expiresAt: past })]);
    const mailer = await start();
    await answered('failed late expired');
    expect(inbox.received).toEqual([]);
    expect(await letters()).toEqual([]);
    expect(mailer.stats()).toMatchObject({ expired: 1, sent: 0 });
  });

  it.each([
    ['nobody knows', []],
    ['is no mailbox', [profile('ann', { email: 'jo..hn@mail.invalid' })]],
  ])('is answered as failed when the address %s', async (what, profiles) => {
    await log.publish([...(what === 'nobody knows' ? profiles : []), action('a1')]);
    await start();
    await answered('failed a1 no-address');
    expect(inbox.received).toEqual([]);
  });

  it('is a dead letter when there is no text for it', async () => {
    const variables = { title: 'A new oven' };
    await log.publish([ann, action('a1', { template: 'announcements.new-oven', variables })]);
    await start();
    await answered('failed a1 no-template');
    expect(await letters()).toEqual(['noTemplate']);
  });

  it('is a dead letter when it cannot be decoded; what the engine refuses on its own input is not', async () => {
    await log.publish([
      ann,
      { ...action('a1'), value: '{' },
      { ...ann, value: '{' },
      action('a2', { template: '' }),
      action('a3'),
    ]);
    await start();
    await answered('delivered a3');
    expect(await letters()).toEqual(['undecodable', 'schema']);
    expect(await contents('profile.events.v1.dlq')).toEqual([]);
  });
});

describe('an action that must wait', () => {
  it('for its time holds up nobody, outlives a restart, and is mailed when it is due', async () => {
    await log.publish([
      ann,
      action('later', { notBefore: new Date(clock.time + hour).toISOString() }),
      action('now'),
    ]);
    await start();
    await answered('delivered now');
    expect(mailedTo()).toHaveLength(1);
    await running.pop()?.stop();
    clock.time += hour;
    await start();
    await answered('delivered later');
    expect(mailedTo()).toHaveLength(2);
  });

  it('because the server defers it holds up nobody, and is mailed when the server takes it', async () => {
    const bob = profile('bob', { email: 'bob@mail.invalid' });
    inbox.answers.recipient = (to) => (to.startsWith('ann') ? '450 4.2.0 greylisted' : undefined);
    await log.publish([ann, bob, action('a1'), action('b1', {}, 'bob')]);
    const mailer = await start();
    await answered('delivered b1');
    await until('a1 is held', () => mailer.stats().held === 1);
    inbox.answers = {};
    clock.time += 31_000;
    await answered('delivered a1');
    expect(await letters()).toEqual([]);
  });

  it('because the server defers it is not tried before its time when it is published again', async () => {
    let asked = 0;
    inbox.answers.recipient = (to) => (to.startsWith('ann') && ++asked ? '450 4.2.0 greylisted' : undefined);
    const bob = profile('bob', { email: 'bob@mail.invalid' });
    await log.publish([ann, bob, action('a1')]);
    const mailer = await start();
    await until('a1 is held', () => mailer.stats().held === 1);
    await log.publish([action('a1'), action('a2'), action('b1', {}, 'bob')]);
    await answered('delivered b1');
    await until('a2 is held', () => mailer.stats().held === 2);
    expect(asked).toBe(2);
  });

  it('because the server defers it is answered as failed when it expires', async () => {
    inbox.answers.recipient = () => '450 4.2.0 greylisted';
    await log.publish([ann, action('a1', { expiresAt: new Date(clock.time + hour).toISOString() })]);
    const mailer = await start();
    await until('a1 is held', () => mailer.stats().held === 1);
    clock.time += 60_000;
    await until('a1 is held again', () => mailer.stats().held === 2);
    clock.time += hour;
    await answered('failed a1 expired');
    expect(inbox.received).toEqual([]);
  });
});

describe('a server that refuses', () => {
  it('the address: bounced, and a dead letter that names nobody', async () => {
    inbox.answers.recipient = (to) => `550 5.1.1 ${to} unknown`;
    await log.publish([ann, action('a1')]);
    await start();
    await answered('bounced a1 550 5.1.1 (address) unknown');
    const [letter] = await contents('retention.actions.v1.dlq');
    expect(Object.values(letter?.headers ?? {}).join()).not.toContain('ann@');
    expect(await letters()).toEqual(['bounced']);
  });

  it('the message: failed, and a dead letter', async () => {
    inbox.answers.message = () => '554 5.7.1 spam';
    await log.publish([ann, action('a1')]);
    await start();
    await answered('failed a1 554 5.7.1 spam');
    expect(await letters()).toEqual(['refused']);
  });

  it('every connection: is said, and all is mailed once when it is back', async () => {
    await inbox.close();
    await log.publish([ann, action('a1'), action('a2')]);
    const mailer = await start();
    await until('trouble is told', () => mailer.troubles().length > 0);
    expect(mailer.troubles()[0]).toMatch(/smtp:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED/);
    await inbox.open();
    await answered('delivered a2');
    expect(mailedTo()).toEqual(['ann@mail.invalid <a1@shop.invalid>', 'ann@mail.invalid <a2@shop.invalid>']);
    expect(mailer.troubles()).toEqual([]);
  });
});

describe('a crash', () => {
  let die: () => void;
  let dead: Promise<never>;
  beforeEach(() => {
    const { promise, reject } = Promise.withResolvers<never>();
    dead = promise;
    die = () => reject(Object.assign(new Error('died'), { retriable: true }));
  });

  /** What a new process does while the old one hangs where it died; then the old one goes. */
  async function afterDeath(dying: RunningMailer, work: (mailer: RunningMailer) => Promise<void>) {
    const { log, store, close } = await openEmbedded({ path: folder });
    const mailer = await start({ log, store });
    await work(mailer);
    await mailer.stop();
    const stopped = dying.stop();
    die();
    await stopped;
    running = [];
    await close();
  }

  it('between the server’s acceptance and the ledger mails twice, with one Message-ID and the same bytes', async () => {
    const { store } = embedded;
    const ledger = { get: async () => undefined, put: () => dead };
    const records = <T>(name: string) =>
      name === 'mailer.sent' ? { ...store.records<T>(name), ...ledger } : store.records<T>(name);
    await log.publish([ann, action('a1')]);
    const dying = await start({ store: { records } });
    await until('the first mail', () => inbox.received.length === 1);
    await afterDeath(dying, () => answered('delivered a1'));
    const [first, second, ...more] = inbox.received;
    expect(first?.email.messageId).toBe('<a1@shop.invalid>');
    expect(second?.raw).toEqual(first?.raw);
    expect(more).toEqual([]);
    expect(await answers()).toEqual(['delivered a1']);
  });

  it('between the ledger and the answer mails once and answers once', async () => {
    const openSession: EventLog['openSession'] = async (...args) => ({
      ...(await log.openSession(...args)),
      commit: () => dead,
    });
    await log.publish([ann, action('a1')]);
    const dying = await start({ log: Object.assign(Object.create(log) as EventLog, { openSession }) });
    await until('the ledger', async () => {
      return (await embedded.store.records('mailer.sent').get('a1')) !== undefined;
    });
    await afterDeath(dying, async (mailer) => {
      await answered('delivered a1');
      expect(mailer.stats()).toMatchObject({ sent: 0, sentBefore: 1 });
    });
    expect(inbox.received).toHaveLength(1);
    expect(await answers()).toEqual(['delivered a1']);
  });
});

describe('a customer who is erased', () => {
  const erased = eventRecord('profile.events.v1', 'customer.erased.v1', 'ann', {}, { at: begin });

  it('is forgotten with all that waits, and stays so whatever update comes late', async () => {
    await log.publish([ann, action('held', { notBefore: new Date(clock.time + hour).toISOString() })]);
    const mailer = await start();
    await until('the action is held', () => mailer.stats().held === 1);
    await log.publish([erased, ann, profile('bob', { email: 'bob@mail.invalid' })]);
    clock.time += hour;
    await log.publish([action('a1'), action('b1', {}, 'bob')]);
    await answered('failed a1 no-address');
    await answered('delivered b1');
    expect(mailedTo()).toEqual(['bob@mail.invalid <b1@shop.invalid>']);
    for (const map of ['mailer.addresses', 'mailer.held', 'mailer.erased', 'mailer.sent'])
      for await (const entry of embedded.store.records(map).entries())
        expect(JSON.stringify(entry)).not.toContain('ann');
  });
});

it('takes redriven actions and profile updates from the inbox', async () => {
  const timer = { name: 't', due: new Date(begin).toISOString() };
  await log.publish([
    { ...ann, topic: inboxTopic },
    eventRecord(inboxTopic, 'timer.due.v1', 'ann', timer, { at: begin }),
  ]);
  await start();
  await until('the address', async () => {
    return (await embedded.store.records('mailer.addresses').get('ann')) !== undefined;
  });
  await log.publish([{ ...action('a1'), topic: inboxTopic }]);
  await answered('delivered a1');
});

it('publishes no names and no addresses', async () => {
  inbox.answers.recipient = (to) => (to.startsWith('bob') ? `550 <${to}> unknown` : undefined);
  await log.publish([ann, profile('bob', { email: 'bob@mail.invalid', preferredName: 'Bobby' })]);
  await log.publish([action('a1'), action('b1', {}, 'bob')]);
  await start();
  await answered('delivered a1');
  await answered('bounced b1 550 <(address)> unknown');
  const published = [
    ...(await contents('engagement.events.v1')),
    ...(await contents('retention.actions.v1.dlq')),
  ];
  for (const { value, headers } of published)
    expect([value, ...Object.values(headers)].join()).not.toMatch(/mail\.invalid|Ann|Bobby/);
});

describe('without a mail server', () => {
  it('writes mails as files beside the log', async () => {
    await log.publish([ann, action('a1')]);
    const mailer = await start({ config: { ...config(), smtpUrl: undefined } });
    await answered('delivered a1');
    expect(mailer.destination).toBe(join(folder, 'mails'));
    expect(await readdir(mailer.destination)).toEqual(['a1.eml']);
    const email = await PostalMime.parse(await readFile(join(mailer.destination, 'a1.eml')));
    expect(email.to).toEqual([{ name: 'Ann', address: 'ann@mail.invalid' }]);
    expect(email.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toContain('action=a1');
  });
});

it('does not start without its topics, and names them', async () => {
  await expect(start({ config: { ...config(), topicPrefix: 'eu.' } })).rejects.toThrow(
    /topics are missing: eu\.retention\.actions\.v1, .*perennial topics create/,
  );
});
