import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { composeMail, type Mail } from '../mail/compose-mail.js';
import { FileCarrier } from './file.carrier.js';

const mailOf = (actionId: string) =>
  composeMail(
    {
      customer: 'c-1',
      actionId,
      template: 'win-back.overdue',
      variables: {},
      date: 0,
      to: 'ann@mail.invalid',
    },
    { mailFrom: 'hello@shop.invalid', unsubscribeUrl: 'https://shop.invalid/u' },
  ) as Mail;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-mails-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes a mail as a file that a mail program reads, and nothing else', async () => {
  const mails = join(folder, 'mails');
  await new FileCarrier(mails).send(mailOf('6f0c2a'));
  expect(await readdir(mails)).toEqual(['6f0c2a.eml']);
  const email = await PostalMime.parse(await readFile(join(mails, '6f0c2a.eml')));
  expect(email).toMatchObject({
    subject: 'We have missed you',
    messageId: '<6f0c2a@shop.invalid>',
    to: [{ address: 'ann@mail.invalid' }],
  });
});

it('writes the same mail onto itself', async () => {
  const carrier = new FileCarrier(folder);
  await carrier.send(mailOf('a'));
  const first = await readFile(join(folder, 'a.eml'));
  await carrier.send(mailOf('a'));
  expect(await readdir(folder)).toEqual(['a.eml']);
  expect(await readFile(join(folder, 'a.eml'))).toEqual(first);
});

it('stays in its folder whatever the action id', async () => {
  await new FileCarrier(join(folder, 'mails')).send(mailOf('../../outside'));
  expect(await readdir(folder)).toEqual(['mails']);
  expect(await readdir(join(folder, 'mails'))).toEqual([expect.stringMatching(/^x[0-9a-f]{64}\.eml$/)]);
});

it('throws what can be retried, naming the file, when it cannot write', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  await expect(new FileCarrier(file).send(mailOf('a'))).rejects.toMatchObject({
    retriable: true,
    message: expect.stringContaining(join(file, 'a.eml')) as string,
  });
});
