import type { ChildProcess } from 'node:child_process';
import { topicSpecs } from '#contracts';
import type { EventLog } from '#pipeline';
import { openEmbedded, type Embedded } from '#store-embedded';
import {
  eventRecord,
  forkTypeScript,
  killHard,
  messageOf,
  requestedAction,
  SmtpInbox,
  temporaryFolder,
  until,
} from '#testing';

const folder = temporaryFolder('mailer-kill');
const inbox = new SmtpInbox();
let embedded: Embedded;
let log: EventLog;
let mailer: ChildProcess;
beforeAll(async () => {
  embedded = await openEmbedded({ path: folder });
  ({ log } = embedded);
  await log.createTopics(topicSpecs('', 2));
  await inbox.open();
});
afterAll(async () => {
  await killHard(mailer);
  await inbox.close();
  await embedded.close();
});

async function start(): Promise<void> {
  mailer = forkTypeScript(new URL('./mailing.child.ts', import.meta.url), folder, inbox.url);
  expect(await messageOf(mailer)).toBe('started');
}
const action = (customer: string, actionId: string) => {
  const at = Date.now();
  const data = requestedAction(actionId, at);
  return eventRecord('retention.actions.v1', 'action.requested.v1', customer, data, { at });
};
async function delivered(): Promise<string[]> {
  const ids: string[] = [];
  for (const partition of [0, 1])
    for await (const records of log.read('engagement.events.v1', partition, 0, Infinity))
      ids.push(...records.map(({ value }) => (JSON.parse(String(value)) as { id: string }).id));
  return ids.sort();
}

it('a mailer killed again and again in the middle of a mail loses none, and repeats only that one, byte for byte', async () => {
  const customers = Array.from({ length: 12 }, (_, i) => `c${i}`);
  const at = Date.now();
  await log.publish(
    customers.map((customer) => {
      const data = { email: `${customer}@mail.invalid` };
      return eventRecord('profile.events.v1', 'profile.updated.v1', customer, data, { at });
    }),
  );
  await log.publish(customers.map((customer) => action(customer, `a-${customer}`)));

  let kills = 0;
  const killedIn = new Set<string>();
  inbox.answers.message = ({ email }) => {
    if (kills < 4 && inbox.received.length >= 3 * kills) {
      kills++;
      killedIn.add(email.messageId ?? '');
      mailer.kill('SIGKILL');
    }
    return undefined;
  };
  for (let round = 1; round <= 4; round++) {
    const gone = start().then(() => new Promise((resolve) => mailer.once('exit', resolve)));
    await gone;
    expect(kills).toBe(round);
  }
  await start();
  await until('all are delivered', 20_000, async () => (await delivered()).length >= customers.length);

  expect(await delivered()).toEqual(customers.map((customer) => `a-${customer}:message.delivered.v1`).sort());
  const byId = Map.groupBy(inbox.received, ({ email }) => email.messageId ?? '');
  expect(byId.size).toBe(customers.length);
  for (const mails of byId.values()) for (const { raw } of mails) expect(raw).toEqual(mails[0]?.raw);
  // Two partitions are mailed side by side, so a kill may catch one mail of each.
  expect(inbox.received.length).toBeLessThanOrEqual(customers.length + 2 * kills);
  for (const messageId of killedIn) expect(byId.get(messageId)?.length).toBeGreaterThan(1);
}, 90_000);
