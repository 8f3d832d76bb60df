import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { composeMail, type MailOf } from './compose-mail.js';
import { templates } from './templates.js';

const sender = {
  mailFrom: 'The shop <hello@shop.invalid>',
  unsubscribeUrl: 'https://shop.invalid/unsubscribe',
};
const of: MailOf = {
  customer: 'c-1',
  actionId: '6f0c2a',
  template: 'follow-up.thanks',
  variables: { orderId: 'o-1', occasion: 'first' },
  date: Date.UTC(2026, 2, 9, 8),
  to: 'ann@mail.invalid',
  preferredName: 'Ann',
};

const bytes = async (changes: Partial<MailOf> = {}, from = sender): Promise<Buffer> => {
  const mail = composeMail({ ...of, ...changes }, from);
  if (!mail) throw new Error('no mail');
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail(mail);
  return message as Buffer;
};
const read = async (changes: Partial<MailOf> = {}, from = sender): Promise<Email> =>
  PostalMime.parse(await bytes(changes, from));
const header = (email: Email, key: string): string | undefined =>
  email.headers.find((h) => h.key === key)?.value;

describe('a mail', () => {
  it('has a text and an HTML part that greet by the preferred name', async () => {
    const email = await read();
    expect(email.text).toMatch(/^Hello Ann,\r?\n/);
    expect(email.html).toContain('<p>Hello Ann,</p>');
    expect(email.text).toContain('your first order');
    expect(email.html).toContain('your first order');
  });

  it('greets without a name where none is known', async () => {
    expect((await read({ preferredName: undefined })).text).toMatch(/^Hello,/);
  });

  it('says who it is from, to whom, when, and which action it carries out', async () => {
    const email = await read();
    expect(email.from).toEqual({ name: 'The shop', address: 'hello@shop.invalid' });
    expect(email.to).toEqual([{ name: 'Ann', address: 'ann@mail.invalid' }]);
    expect(email.messageId).toBe('<6f0c2a@shop.invalid>');
    expect(email.date).toBe('2026-03-09T08:00:00.000Z');
    expect(header(email, 'auto-submitted')).toBe('auto-generated');
  });

  it('is the same bytes each time it is made', async () => {
    expect(await bytes()).toEqual(await bytes());
    expect(await bytes({ actionId: 'other' })).not.toEqual(await bytes());
  });

  it('offers to unsubscribe with one click where the address is https', async () => {
    const email = await read();
    expect(header(email, 'list-unsubscribe')).toBe(
      '<https://shop.invalid/unsubscribe?customer=c-1&action=6f0c2a>',
    );
    expect(header(email, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(email.text).toContain('https://shop.invalid/unsubscribe?customer=c-1&action=6f0c2a');
    expect(email.html).toContain('https://shop.invalid/unsubscribe?customer=c-1&amp;action=6f0c2a');
  });

  it('offers to unsubscribe by mail, without the one-click header, where the address is mailto', async () => {
    const email = await read({}, { ...sender, unsubscribeUrl: 'mailto:un+sub@shop.invalid' });
    expect(header(email, 'list-unsubscribe')).toBe(
      '<mailto:un+sub@shop.invalid?subject=unsubscribe%206f0c2a>',
    );
    expect(header(email, 'list-unsubscribe-post')).toBeUndefined();
  });

  it.each(['Zoë', 'Łukasz', '田中さん', 'ირაკლი', '👩‍🍳 Mo', 'علی\u200cرضا', "O'Neill"])(
    'carries the name %s whole through header, text and HTML',
    async (preferredName) => {
      const email = await read({ preferredName });
      expect(email.to?.[0]?.name).toBe(preferredName);
      expect(email.text).toContain(`Hello ${preferredName},`);
      expect(email.html).toContain(`Hello ${preferredName.replace("'", '&#39;')},`);
    },
  );

  it.each(['Win now https://evil.invalid', 'www.evil.invalid', 'write to spy@evil.invalid'])(
    'does not carry the message that somebody entered as a name: %s',
    async (preferredName) => {
      const email = await read({ preferredName });
      expect(email.text).toMatch(/^Hello,/);
      expect(email.to).toEqual([{ name: '', address: 'ann@mail.invalid' }]);
    },
  );

  it('shows mark-up in a name as text', async () => {
    const { html } = await read({ preferredName: '<img src=x onerror=alert(1)>"&' });
    expect(html).toContain('Hello &lt;img src=x onerror=alert(1)&gt;&quot;&amp;,');
    expect(html).not.toContain('<img');
  });

  it.each([
    ['a name', { preferredName: 'Ann\r\nBcc: spy@evil.invalid\r\n\r\nHello' }],
    ['a name with an address', { preferredName: 'Ann <spy@evil.invalid>, x' }],
    ['a subject', { template: 'x', variables: { subject: 'Hi\r\nBcc: spy@evil.invalid', text: 'Hi' } }],
    ['an action id', { actionId: 'a>\r\nBcc: <spy@evil.invalid' }],
    ['a customer id', { customer: 'c\r\nBcc: spy@evil.invalid' }],
  ])('takes no further header or recipient from %s', async (_, changes) => {
    const email = await read(changes);
    expect(email.bcc).toBeUndefined();
    expect(email.to).toHaveLength(1);
    expect(email.to?.[0]?.address).toBe('ann@mail.invalid');
    expect(header(email, 'bcc')).toBeUndefined();
    expect(email.headers.map((h) => h.key).sort()).toEqual((await read()).headers.map((h) => h.key).sort());
  });
});

describe('templates', () => {
  it.each(Object.keys(templates))('%s has a subject and a text without any variable', async (template) => {
    const email = await read({ template, variables: {} });
    expect(email.subject).not.toBe('');
    expect(email.text).not.toMatch(/undefined|null|\[object/);
  });

  it('thanks differently for a first, a returning and a large order', async () => {
    const texts = await Promise.all(
      ['first', 'return', 'large'].map(
        async (occasion) => (await read({ variables: { occasion } })).text ?? '',
      ),
    );
    expect(new Set(texts).size).toBe(3);
  });

  it('an offer says what, on what condition, by which code, and until when', async () => {
    const offer = {
      percent: 12,
      terms: { only: 'regular-price' },
      code: '0123456789AB',
      until: '2026-04-03T12:00:00Z',
    };
    expect((await read({ template: 'first-visit.offer', variables: offer })).text).toContain(
      '12 % off everything at its regular price. Your code is 0123456789AB. It is good until 2026-04-03.',
    );
    const without = { percent: 12, terms: { minimum: 50 }, until: '2026-04-03T12:00:00Z' };
    expect((await read({ template: 'first-visit.reminder', variables: without })).text).toContain(
      '12 % off your order, from a purchase of 50 on. It is good until 2026-04-03.',
    );
  });

  it('an acknowledgement says what has become of the case, and goodwill how much it is', async () => {
    const variables = { caseId: 'k-1', after: 'overdue' };
    const word = await read({ template: 'recovery.acknowledgement', variables });
    expect([word.subject, word.text]).toEqual([
      'We are looking after it (case k-1)',
      expect.stringContaining('did not keep it'),
    ]);
    const goodwill = { caseId: 'k-1', amount: 7.5, currency: 'EUR' };
    expect((await read({ template: 'recovery.goodwill', variables: goodwill })).text).toContain('7.50 EUR');
  });

  it('every offer, whatever its programme, names its code and its end', async () => {
    const variables = { percent: 12, code: '0123456789AB', until: '2026-04-03T12:00:00Z' };
    const offers = ['first-visit.offer', 'win-back.offer', 'loyalty.frequent-buyer', 'loyalty.members-offer'];
    for (const template of offers)
      expect((await read({ template, variables })).text).toContain(
        '12 % off your order. Your code is 0123456789AB. It is good until 2026-04-03.',
      );
  });

  it('every question says how to answer it', async () => {
    for (const template of Object.keys(templates).filter((name) => /^surveys\.|satisfaction/.test(name)))
      expect((await read({ template, variables: {} })).text).toContain('Answer this mail');
  });

  it('a tier is told of with its benefits in words, and its end with what would keep it', async () => {
    const variables = { from: 'silver', tier: 'gold', benefits: ['free-delivery', 'early-access'] };
    expect((await read({ template: 'loyalty.tier-reached', variables })).text).toContain(
      'free delivery and early access',
    );
    const ending = { tier: 'gold', next: 'silver', missing: 1, until: '2026-05-01T04:00:00Z' };
    expect((await read({ template: 'loyalty.tier-ending', variables: ending })).text).toMatch(
      /until 2026-05-01[^]*1 point more[^]*silver/,
    );
  });

  it('suggestions name the products, and a credit its amount', async () => {
    const variables = { products: ['rye', 'oats'] };
    expect((await read({ template: 'suggestions.products', variables })).html).toContain('- rye<br>- oats');
    const credit = { side: 'friend', amount: 5, currency: 'USD' };
    expect((await read({ template: 'referral.credit', variables: credit })).text).toContain('5 USD');
  });
});

describe('a template that is not known, such as an announcement’s', () => {
  const template = 'announcements.new-oven';
  const title = 'A new oven';

  it('takes subject and text from the action', async () => {
    const variables = { title, subject: 'Come and see', text: 'It is here.\n\nYour shop' };
    const email = await read({ template, variables });
    expect(email.subject).toBe('Come and see');
    expect(email.html).toContain('<p>It is here.</p>\n<p>Your shop</p>');
  });

  it('has the title for a subject where there is no other', async () => {
    expect((await read({ template, variables: { title, text: 'It is here.' } })).subject).toBe(title);
    expect((await read({ template, variables: { text: 'It is here.' } })).subject).toBe('A note for you');
  });

  it.each([template, 'constructor', '__proto__'])('makes no mail without a text: %s', (name) => {
    expect(composeMail({ ...of, template: name, variables: { title } }, sender)).toBeUndefined();
    expect(composeMail({ ...of, template: name, variables: { title, text: ' ' } }, sender)).toBeUndefined();
  });
});
