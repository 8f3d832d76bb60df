import { readFailure } from './smtp-reply.js';

const reply = (response: string, command: string) =>
  readFailure({ response, responseCode: Number(response.slice(0, 3)), command });

describe('an SMTP reply', () => {
  it.each([
    ['550 no such user', 'RCPT TO'],
    ['551 user not local', 'RCPT TO'],
    ['550 5.1.1 no such user', 'RCPT TO'],
    ['550 5.1.1 no such user', 'DATA'],
  ])('%s after %s says that the address is no good', (response, command) => {
    expect(reply(response, command)).toEqual({ kind: 'refused', reason: response, unknownAddress: true });
  });

  it.each([
    ['554 5.7.1 spam', 'DATA'],
    ['550 5.7.1 not from here', 'RCPT TO'],
    ['552 too large', 'DATA'],
    ['550 rejected', 'DATA'],
  ])('%s after %s refuses the mail and not the address', (response, command) => {
    expect(reply(response, command)).toEqual({ kind: 'refused', reason: response, unknownAddress: false });
  });

  it.each([
    ['450 greylisted', 'RCPT TO'],
    ['452 mailbox full', 'RCPT TO'],
    ['451 try again', 'DATA'],
  ])('%s after %s puts this mail off', (response, command) => {
    expect(reply(response, command)).toEqual({ kind: 'deferred', reason: response });
  });

  it.each([
    ['421 closing', 'RCPT TO'],
    ['503 bad sequence', 'DATA'],
    ['535 5.7.8 bad credentials', 'AUTH PLAIN'],
    ['550 sender refused', 'MAIL FROM'],
    ['554 no service', 'CONN'],
  ])('%s after %s is about every mail', (response, command) => {
    expect(reply(response, command)).toBeUndefined();
  });

  it('names no address in its reason', () => {
    expect(reply('550 5.1.1 <ann@mail.invalid> unknown', 'RCPT TO')).toMatchObject({
      reason: '550 5.1.1 <(address)> unknown',
    });
  });
});

it.each(['ECONNECTION', 'ETIMEDOUT', 'EDNS', 'EAUTH'])('%s without a reply is about every mail', (code) => {
  expect(readFailure({ code, message: 'no server', command: 'CONN' })).toBeUndefined();
});

it('what nodemailer refuses by itself is refused, so that it holds up nobody', () => {
  const message = 'Invalid recipient "ann@mail.invalid"';
  expect(readFailure({ code: 'EENVELOPE', message, command: 'API' })).toEqual({
    kind: 'refused',
    reason: 'Invalid recipient "(address)"',
    unknownAddress: false,
  });
});
