import { composeMail, type Mail } from '../mail/compose-mail.js';
import { SmtpInbox } from '#testing';
import { SmtpCarrier } from './smtp.carrier.js';

const mail = composeMail(
  {
    customer: 'c-1',
    actionId: '6f0c2a',
    template: 'win-back.overdue',
    variables: {},
    date: 0,
    to: 'ann@mail.invalid',
  },
  { mailFrom: 'hello@shop.invalid', unsubscribeUrl: 'https://shop.invalid/u' },
) as Mail;

const inbox = new SmtpInbox();
let carrier: SmtpCarrier;
beforeEach(async () => {
  inbox.received.length = 0;
  inbox.answers = {};
  await inbox.open();
  carrier = new SmtpCarrier(inbox.url);
});
afterEach(async () => {
  carrier.close();
  await inbox.close();
});

it('hands a mail to the server', async () => {
  expect(await carrier.send(mail)).toEqual({ kind: 'accepted' });
  expect(inbox.received[0]).toMatchObject({
    to: ['ann@mail.invalid'],
    email: { messageId: '<6f0c2a@shop.invalid>', subject: 'We have missed you' },
  });
});

it('says that a refused address is no good, without naming it', async () => {
  inbox.answers.recipient = (address) => `550 5.1.1 ${address} unknown`;
  expect(await carrier.send(mail)).toEqual({
    kind: 'refused',
    reason: '550 5.1.1 (address) unknown',
    unknownAddress: true,
  });
});

it('says that a refused message is refused', async () => {
  inbox.answers.message = () => '554 5.7.1 spam';
  expect(await carrier.send(mail)).toMatchObject({ kind: 'refused', unknownAddress: false });
});

it('refuses an envelope that no server can be given', async () => {
  const envelope = { from: 'hello@shop.invalid', to: [] };
  expect(await carrier.send({ ...mail, envelope })).toMatchObject({ kind: 'refused' });
});

it('puts off a mail that the server does not want yet, and sends it when it does', async () => {
  inbox.answers.recipient = () => '450 4.2.0 come back later';
  expect(await carrier.send(mail)).toEqual({ kind: 'deferred', reason: '450 4.2.0 come back later' });
  inbox.answers = {};
  expect(await carrier.send(mail)).toEqual({ kind: 'accepted' });
});

it('throws what can be retried while there is no server, and sends when there is one', async () => {
  await inbox.close();
  await expect(carrier.send(mail)).rejects.toMatchObject({ name: 'CarrierError', retriable: true });
  await inbox.open();
  expect(await carrier.send(mail)).toEqual({ kind: 'accepted' });
});

it('sends by a kept connection that the server has closed meanwhile', async () => {
  await carrier.send(mail);
  await inbox.close();
  await inbox.open();
  const second = await carrier.send(mail).catch(() => carrier.send(mail));
  expect(second).toEqual({ kind: 'accepted' });
});

it('throws what can be retried when the server wants a login that it does not get', async () => {
  const carrier = new SmtpCarrier(inbox.url.replace('//', '//nobody:wrong@'));
  await expect(carrier.send(mail)).rejects.toMatchObject({ retriable: true });
  expect(carrier.destination).not.toContain('wrong');
  carrier.close();
});
